import { copyFileSync } from 'node:fs';
import { join, win32 } from 'node:path';
import { expect } from 'vitest';
import { windowsPaths } from '../../../../src/components/glance/facts/paths.ts';
import { runInWine, type WineRunResult } from '../../../../src/sandbox/wine/prefix.ts';
import type { Rows } from '../../acceptance.ts';
import type { GlanceNode } from '../../node.ts';
import { without } from './without.ts';

/** What a program says that ends at its start without a repair. */
const atTheStart = [
  ['no_eventlet_pipe_mutex', 'glance-api', "No module named 'fcntl'"],
  ['no_eventlet_pipe_mutex', 'glance-scrubber', "No module named 'fcntl'"],
  ['netifaces_by_psutil', 'glance-api', "No module named 'netifaces'"],
  ['hand_over_listening_socket', 'glance-api', "'NoneType' object has no attribute 'share'"],
  ['start_workers_by_launcher', 'glance-api', 'WinError 2'],
] as const;

/** Programs that a missing repair ends, and what only programs of their own can show. */
export const programRows: Rows = (node) => {
  for (const [index, [repair, program, text]] of atTheStart.entries())
    without([repair], `${program} ends at its start`, async () => {
      const own = { OS_DEFAULT__BIND_PORT: `${9300 + index}` };
      const ended = await node().run(program, [], { ORIEL_WITHOUT: repair, ...own });
      expect(ended.timedOut).toBe(false);
      expect(ended.exitCode).not.toBe(0);
      expect(`${ended.stdout}${ended.stderr}`).toContain(text);
    });

  const ofImports = ['memoize_path_stat', 'keep_archives_mapped'];
  without(
    ofImports,
    'a start asks for twice as many paths, and opens its archive for each module',
    async () => {
      const folder = win32.dirname(windowsPaths.launcher);
      const counted = async (repairs: string) => {
        const { stdout } = await python(node(), 'stats.py', [folder], { ORIEL_WITHOUT: repairs });
        const [asked = 0, opened = 0] = stdout.trim().split(' ').map(Number);
        return { asked, opened };
      };
      const [bare, repaired] = await Promise.all([counted(ofImports.join()), counted('')]);
      expect(repaired.asked).toBeGreaterThan(500);
      expect(bare.asked).toBeGreaterThan(2 * repaired.asked);
      // What is imported before the repairs is opened as ever.
      expect(bare.opened).toBeGreaterThan(500);
      expect(bare.opened).toBeGreaterThan(5 * repaired.opened);
    },
  );

  without(
    ['serve_bounded_and_drain'],
    'a listener that is closed is an error (WSAENOTSOCK), idle connections hold the end',
    async () => {
      const { stdout, stderr } = await python(node(), 'closing.py');
      const [code, seconds] = stdout.trim().split(' ').map(Number);
      expect(code, stderr).toBe(10038);
      expect(seconds).toBeGreaterThan(3.5);
    },
  );
};

/** Runs one of the Python programs in this folder with the Python of the node. */
function python(
  node: GlanceNode,
  name: string,
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<WineRunResult> {
  const file = `${windowsPaths.data}\\${name}`;
  copyFileSync(join(import.meta.dirname, name), node.path(file));
  return runInWine(node.prefix, windowsPaths.python, ['-s', file, ...args], { env, timeout: 600_000 });
}
