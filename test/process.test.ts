import { expect, test } from 'vitest';
import { BuildError } from '../src/errors.ts';
import { run } from '../src/process.ts';

const nasty = [
  '',
  ' ',
  "it's",
  '"',
  '$(id)',
  '`id`',
  '\\',
  'a\nb',
  '*',
  '~',
  'é',
  '!x',
  '-n',
  '{a,b}',
  ';&|<>',
];

test('arguments reach the program as they are', async () => {
  const { stdout } = await run(process.execPath, [
    '-e',
    'process.stdout.write(JSON.stringify(process.argv.slice(1)))',
    '--',
    ...nasty,
  ]);
  expect(JSON.parse(stdout)).toEqual(nasty);
});

test('a failure says the program, the code and the end of what it wrote', async () => {
  const failing = run('sh', ['-c', 'echo one; echo two >&2; exit 7']);
  await expect(failing).rejects.toThrow(BuildError);
  await expect(failing).rejects.toThrow(/sh ended with exit code 7:\ntwo/);
});

test('an accepted exit code is a result', async () => {
  expect(await run('sh', ['-c', 'exit 3'], { accept: [0, 3] })).toMatchObject({ exitCode: 3 });
});

test('a program that is not there is a BuildError', async () => {
  await expect(run('no-such-program', [])).rejects.toThrow(/no-such-program/);
});

test('input, directory and environment', async () => {
  const { stdout } = await run('sh', ['-c', 'cat; pwd; echo "$X"'], {
    input: 'in\n',
    cwd: '/',
    env: { X: '$y' },
  });
  expect(stdout).toBe('in\n/\n$y\n');
});

test('lines are handed on while the program runs', async () => {
  const lines: string[] = [];
  await run('sh', ['-c', 'echo a; printf b; echo c; printf d >&2'], { onLine: (line) => lines.push(line) });
  expect(lines.sort()).toEqual(['a', 'bc', 'd']);
});

test('past the timeout the program and its children are ended', async () => {
  await expect(run('sh', ['-c', 'sleep 61 & wait'], { timeout: 200 })).rejects.toThrow(/within 0.2 s/);
});
