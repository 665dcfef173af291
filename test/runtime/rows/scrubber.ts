import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { windowsPaths } from '../../../src/components/glance/facts/paths.ts';
import { runInWine, startService, stopService } from '../../../src/sandbox/wine/prefix.ts';
import type { GlanceNode } from '../node.ts';

export interface ScrubberService {
  /** Done when it works. */
  readonly start: () => Promise<void>;
  /** Stops and removes it; gives what it logged. */
  readonly stop: () => Promise<string>;
}

/** The scrubber as a service of its own, which may take a second for its end, and without some repairs. */
export async function scrubberService(
  node: GlanceNode,
  name: string,
  more: readonly string[],
  without: string,
): Promise<ScrubberService> {
  const { prefix } = node;
  const { python, launcher, config, service, logs } = windowsPaths;
  const log = `${logs}\\${name}.log`;
  const environment = ['PYTHONUTF8=1', `ORIEL_WITHOUT=${without}`].flatMap((each) => ['--environment', each]);
  const daemon = ['glance-scrubber', '--daemon', '--config-file', `${config}\\glance-api.conf`, ...more];
  const wrapper = [service, name, '--log', log, '--drain', '1', ...environment];
  const line = [...wrapper, '--', python, '-s', launcher, ...daemon]
    .map((word) => (word.includes(' ') ? `"${word}"` : word))
    .join(' ');
  await runInWine(prefix, 'sc.exe', ['create', name, 'binPath=', line, 'start=', 'demand']);
  const said = () => readFileSync(node.path(log), 'utf8');
  const start = async () => {
    expect(await startService(prefix, name, 120)).toMatchObject({ status: 'Running' });
    await expect.poll(said, { interval: 300 }).toContain('Starting Daemon');
  };
  const stop = async () => {
    expect(await stopService(prefix, name, 30)).toMatchObject({ status: 'Stopped', exitCode: 0 });
    await runInWine(prefix, 'sc.exe', ['delete', name]);
    return said();
  };
  return { start, stop };
}
