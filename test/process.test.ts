import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { BuildError } from '../src/errors.ts';
import { run } from '../src/process.ts';
import { knownSecret } from '../src/secret.ts';

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
  // Colours alone on standard error are no word of what failed.
  const coloured = run('sh', ['-c', "echo three; printf '\\033[0m' >&2; exit 7"]);
  await expect(coloured).rejects.toThrow(/sh ended with exit code 7:\nthree$/);
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

describe('a program that does not end as it should', () => {
  /** Programs that left the tree of the one that started them, by what they printed. */
  const end = (pid: string | undefined): void => {
    if (/^\d+$/.test(pid ?? '')) spawnSync('kill', ['-9', pid ?? '']);
  };

  /** Starts a program that nothing leads to any more, and prints its number. */
  const gone = `setsid sh -c 'sleep 3600 & echo $!'`;

  test('is not waited for through a child that holds its output open', async () => {
    const { stdout } = await run('sh', ['-c', `${gone}; echo value`]);
    const [pid, value] = stdout.split('\n');
    end(pid);
    expect(value).toBe('value');
  });

  test('takes no such child past the time limit', async () => {
    const pids: string[] = [];
    const script = `${gone}; while true; do sleep 1; done`;
    const running = run('sh', ['-c', script], { timeout: 1_000, onLine: (line) => pids.push(line) });
    await expect(running).rejects.toThrow('did not end within 1 s and was ended');
    for (const pid of pids) end(pid);
  });

  test('is ended the hard way when it does not listen', async () => {
    const lines: string[] = [];
    const running = run('sh', ['-c', 'trap "" TERM; echo $$; while true; do sleep 1; done'], {
      timeout: 500,
      onLine: (line) => lines.push(line),
    });
    await expect(running).rejects.toThrow('within 0.5 s');
    await expect.poll(() => existsSync(`/proc/${lines[0]}`)).toBe(false);
  });

  test('is ended when it prints without end, on either stream', async () => {
    await expect(run('yes', [], { maxBytes: 100_000 })).rejects.toThrow('yes printed more than 100000 bytes');
    const noisy = run('sh', ['-c', 'exec yes >&2'], { maxBytes: 100_000 });
    await expect(noisy).rejects.toThrow('sh printed more than 100000 bytes and was ended');
  });

  test('is ended with its children by the signal', async () => {
    const giveUp = new AbortController();
    const running = run('sh', ['-c', 'sleep 3600 & echo $!; wait'], {
      signal: giveUp.signal,
      onLine: () => giveUp.abort(),
    });
    await expect(running).rejects.toThrow('sh was interrupted');
    await expect(run('sleep', ['3600'], { signal: AbortSignal.abort() })).rejects.toThrow('was interrupted');
  });

  test('gets no variable that holds a secret, unless it is one of the user (attack low)', async () => {
    process.env.ORIEL_OF_PROCESSES = 'a secret of the processes';
    try {
      knownSecret('of_processes', process.env.ORIEL_OF_PROCESSES);
      const said = async (options: object) =>
        (await run('sh', ['-c', 'echo "[$ORIEL_OF_PROCESSES] $PATH"'], options)).stdout.trim();
      expect(await said({})).toBe(`[] ${process.env.PATH}`);
      expect(await said({ ofUser: true })).toBe(`[a secret of the processes] ${process.env.PATH}`);
      expect(await said({ env: { ORIEL_OF_PROCESSES: 'x' } })).toBe(`[x] ${process.env.PATH}`);
    } finally {
      delete process.env.ORIEL_OF_PROCESSES;
    }
  });

  test('has the secrets that it prints masked', async () => {
    knownSecret('program', 'opensesame');
    const failing = run('sh', ['-c', 'echo password opensesame is wrong >&2; exit 1']);
    await expect(failing).rejects.toThrow('password [secret:program] is wrong');
  });
});
