import type { Client } from 'ssh2';

/** Each shell fills in its own: cmd.exe, sh, PowerShell; what the others would fill in stays as it is written. */
const command = 'echo %PATH% $PATH $env:PATH';
const timeoutMs = 5_000;
const maxLength = 8192;

/** The PATH that the shell of an account has, over a connection that is up; undefined where it does not tell it within five seconds. */
export function shellPath(client: Client): Promise<string | undefined> {
  return new Promise((resolve) => {
    const late = setTimeout(() => resolve(undefined), timeoutMs);
    let printed = '';
    const done = (): void => {
      clearTimeout(late);
      resolve(pathIn(printed));
    };
    try {
      client.exec(command, (error, channel) => {
        if (error) return done();
        channel.on('data', (chunk: Buffer) => {
          if (printed.length < maxLength) printed += chunk.toString('utf8').slice(0, maxLength);
        });
        channel.stderr.resume();
        channel.on('error', done);
        channel.on('close', done);
      });
    } catch {
      done();
    }
  });
}

/** What a shell printed, without what it did not fill in; undefined: nothing. */
export function pathIn(printed: string): string | undefined {
  const path = printed
    .replace(/%PATH%|\$PATH|\$env:PATH|(?<=\s|^):PATH/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return path === '' ? undefined : path;
}
