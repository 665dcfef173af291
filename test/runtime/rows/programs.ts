import { join } from 'node:path';
import { expect, it } from 'vitest';
import { windowsPaths } from '../../../src/components/glance/facts/paths.ts';
import { runInWine } from '../../../src/sandbox/wine/prefix.ts';
import type { Rows } from '../acceptance.ts';
import { send } from '../client.ts';

const metadefs = `${windowsPaths.install}\\python\\lib\\site-packages\\etc\\glance\\metadefs`;

const others = [
  ['glance-scrubber'],
  ['glance-status', 'upgrade', 'check'],
  ['glance-cache-pruner'],
  ['glance-cache-cleaner'],
] as const;

/** A lock that is asked for twice; it says the second answer. */
const held = `
import errno, msvcrt, sys
first, second = (open(sys.argv[1], 'a+') for _ in range(2))
msvcrt.locking(first.fileno(), msvcrt.LK_NBLCK, 1)
try:
    msvcrt.locking(second.fileno(), msvcrt.LK_NBLCK, 1)
except OSError as error:
    print(errno.errorcode[error.errno])
`;

export const programRows: Rows = (node) => {
  it.concurrent('runs the other programs of its release to their end', async () => {
    const run = ([program, ...args]: (typeof others)[number]) => node().run(program, args);
    for (const ended of await Promise.all(others.map(run)))
      expect(ended, ended.stderr.slice(-2000)).toMatchObject({ exitCode: 0, timedOut: false });
  });

  it.concurrent('is told by the stand-in that a lock is held as by Windows', async () => {
    const { prefix } = node();
    const line = ['-c', held, `${windowsPaths.data}\\held.lock`];
    const { stdout } = await runInWine(prefix, windowsPaths.python, line, { timeout: 600_000 });
    expect(stdout.trim()).toBe('EACCES');
  });

  it.concurrent('ends what a service starts while the sandbox has service-start-fails on', async () => {
    const { prefix, folder, oriel } = node();
    const fault = ['sandbox', 'fault', 'service-start-fails'];
    const switched = (state: string) => oriel(...fault, state, '--directory', join(folder, 'sandbox'));
    // The wrapper of a service gives its program the name of an event.
    const env = { ORIEL_STOP_EVENT: 'Global\\none' };
    const started = () =>
      runInWine(prefix, windowsPaths.python, ['-c', 'print(1)'], { env, timeout: 600_000 });
    expect(await started()).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('1') });
    expect(await switched('on')).toMatchObject({ code: 0 });
    expect(await started()).toMatchObject({
      exitCode: 70,
      stderr: expect.stringContaining('the fault service-start-fails of the sandbox is on'),
    });
    expect(await switched('off')).toMatchObject({ code: 0 });
    expect(await started()).toMatchObject({ exitCode: 0 });
  });

  it.concurrent('loads the metadata definitions of its release', async () => {
    const ended = await node().run('glance-manage', ['db', 'load_metadefs', metadefs]);
    expect(ended, ended.stderr.slice(-2000)).toMatchObject({ exitCode: 0 });
    const { body } = await send(node(), 'GET', '/v2/metadefs/namespaces?limit=100');
    const names = JSON.parse(body.toString()).namespaces.map(
      ({ namespace }: { namespace: string }) => namespace,
    );
    expect(names.length).toBeGreaterThanOrEqual(30);
    // Two files hold letters beyond ASCII; they are read as UTF-8.
    expect(names).toContain('OS::Compute::Hypervisor');
  });
};
