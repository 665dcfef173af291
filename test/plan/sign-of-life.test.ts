import { fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { hasSign, openPipe, ownSign } from '../../src/plan/locks/sign-of-life.ts';
import { temporaryFolder } from '../sandbox/stand-ins.ts';

const { folder, remove } = await temporaryFolder();
afterAll(remove);

/** Sockets of this system are found as pipes of Windows are: by a name that nobody else has. */
const place = (name: string): string => join(folder, name);

test('a process is known by the pipe that it opened, and only while it is there', async () => {
  const own = await openPipe(place);
  expect(own).toMatch(/^oriel-[0-9a-f-]{36}$/);
  expect(await hasSign(process.pid, own, place)).toBe(true);
  const program = join(folder, 'other.mts');
  const source = join(process.cwd(), 'src/plan/locks/sign-of-life.ts');
  await writeFile(
    program,
    `import { openPipe } from ${JSON.stringify(source)};
const place = (name) => ${JSON.stringify(folder)} + '/' + name;
process.send(await openPipe(place));
setInterval(() => {}, 1000);`,
  );
  const child = fork(program, { execArgv: ['--import', import.meta.resolve('tsx')] });
  const [sign] = (await once(child, 'message')) as [string];
  expect(await hasSign(child.pid ?? 0, sign, place)).toBe(true);
  child.kill('SIGKILL');
  await once(child, 'exit');
  // Somebody else may have its number by now.
  expect(await hasSign(process.pid, sign, place)).toBe(false);
});

test('by what it wrote where there are no pipes, and by nothing where that is no sign', async () => {
  const own = await ownSign();
  expect(await hasSign(process.pid, own)).toBe(true);
  expect(await hasSign(process.pid, '1')).toBe(false);
  expect(await hasSign(process.pid, null)).toBe(true);
  const name = 'oriel-00000000-0000-0000-0000-000000000000';
  expect(await hasSign(process.pid, name, place)).toBe(false);
});
