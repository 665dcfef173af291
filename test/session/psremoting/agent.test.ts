import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Session } from '../../../src/session/session.ts';
import { temporaryFolder } from '../../sandbox/stand-ins.ts';
import { noPsremoting, servedPowerShell } from '../kinds/psremoting.ts';

/** Both ends are PowerShell for Linux, and so is the agent: the real one, with paths of this machine. */
describe.skipIf(noPsremoting)(`the agent in a session of PowerShell${noPsremoting}`, () => {
  let place: Awaited<ReturnType<typeof temporaryFolder>>;
  let served: Awaited<ReturnType<typeof servedPowerShell>>;
  let session: Session;
  beforeAll(async () => {
    place = await temporaryFolder();
    served = await servedPowerShell(place.folder);
    session = await served.open();
  });
  afterAll(async () => {
    await session?.close();
    await served?.close();
    await place?.remove();
  });

  const shell = (script: string, more: object = {}): Promise<{ stdout: string }> =>
    session.call({
      call: 'Invoke-Process',
      file: '/bin/sh',
      arguments: ['-c', script],
      timeout: 60,
      ...more,
    });

  it('says hello', () => {
    expect(session.hello).toMatchObject({ powershell: expect.stringMatching(/^7\./) });
  });

  it('gives back text of any script, and quotes of all kinds', async () => {
    const text =
      '\u00e4\u20ac\u{1f600}\ufffd\u0001 \'\u2018\u2019\u201a\u201b" `$(no) &<>amp; _x000A_ \\u0041';
    expect(await shell('cat', { input: text })).toMatchObject({ exitCode: 0, stdout: text });
  });

  it('gives a result of 8 MiB', async () => {
    // Six characters of JSON each (`\\u00fc`).
    const letters = Math.ceil((8 * 1024 * 1024) / 6);
    const { stdout } = await shell(`head -c ${letters} /dev/zero | tr '\\0' x | sed 's/x/\u00fc/g'`);
    expect(stdout === '\u00fc'.repeat(letters)).toBe(true);
  });

  it('gets more than a pipeline may carry, and goes on', async () => {
    const path = join(place.folder, 'big');
    const bytes = randomBytes(1024 * 1024);
    const content = bytes.toString('base64');
    // 16 MiB on the wire: two pipelines.
    const offsets = Array.from({ length: 12 }, (_, index) => index * bytes.length);
    await Promise.all(
      offsets.map((offset) => session.call({ call: 'Add-FileContent', path, offset, content })),
    );
    expect((await readFile(path)).equals(Buffer.concat(offsets.map(() => bytes)))).toBe(true);
  });

  it('is ended with what it started when the link is cut within a call', async () => {
    const [started, ended] = [join(place.folder, 'started'), join(place.folder, 'ended')];
    const call = shell(`echo $$ > ${started}.part; mv ${started}.part ${started}; sleep 600; touch ${ended}`);
    const lost = expect(call).rejects.toMatchObject({ name: 'SessionError', kind: 'lost' });
    await expect.poll(() => readFile(started, 'utf8').catch(() => '')).not.toBe('');
    const program = Number(await readFile(started, 'utf8'));
    served.cut();
    await lost;
    for (const pid of [program, session.hello.pid]) await expect.poll(() => runs(pid)).toBe(false);
  });
});

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
