import { spawn, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Whether this machine can show windows to nobody, and press keys in them. */
export const hasDisplay = ['Xvfb', 'xdotool', 'import'].every(
  (program) => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0,
);

/** An X server of our own, without a window manager: Wine draws frames itself. */
export interface Display {
  readonly name: string;
  readonly stop: () => void;
}

export async function startDisplay(dpi: number): Promise<Display> {
  const screen = ['-screen', '0', '1024x768x24', '-dpi', String(dpi)];
  const args = ['-displayfd', '3', ...screen, '-nolisten', 'tcp', '-noreset'];
  const server = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const number = await new Promise<string>((done, fail) => {
    server.on('error', fail);
    server.on('exit', (code) => fail(new Error(`Xvfb ended with ${code}`)));
    server.stdio[3]?.on('data', (chunk: Buffer) => done(chunk.toString().trim()));
  });
  server.removeAllListeners('exit');
  return { name: `:${number}`, stop: () => server.kill() };
}

/** Lets the programs of a prefix that was not started yet show windows, with letters for `dpi`. */
export function showWindows(prefix: string, dpi: number): void {
  const file = join(prefix, 'user.reg');
  const text = readFileSync(file, 'utf8').replace('"Graphics"="null"', '"Graphics"="x11"');
  const more = [
    '[Software\\\\Wine\\\\X11 Driver]',
    '"Managed"="N"',
    '',
    '[Control Panel\\\\Desktop]',
    `"LogPixels"=dword:${dpi.toString(16).padStart(8, '0')}`,
  ];
  writeFileSync(file, `${text}\n${more.join('\n')}\n`);
}
