import { rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { windowsPaths } from '../../src/components/glance/facts/paths.ts';
import { runInWine } from '../../src/sandbox/wine/prefix.ts';
import { type Place, send } from './client.ts';
import { closeListener, type GlanceNode } from './node.ts';

export interface SecondRequest {
  /** Added to the configuration of the service. */
  readonly settings: string;
  /** Repairs to leave out. */
  readonly without?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Glance once more on the node, by hand and, if not set otherwise, without workers, beside the service: with the same database and stores. */
export interface SecondGlance extends Place {
  /** The process on this machine that serves. */
  readonly pid: number;
  /** What it has said. */
  readonly said: () => string;
  readonly end: () => Promise<void>;
}

const port = 9294;
const more = `${windowsPaths.config}\\second.conf`;

export async function secondGlance(node: GlanceNode, request: SecondRequest): Promise<SecondGlance> {
  const { settings, without = [], env } = request;
  const file = node.path(more);
  const self = `http://${node.host}:${port}`;
  writeFileSync(
    file,
    `[DEFAULT]\nbind_port = ${port}\nworkers = 0\nuse_stderr = true\nlog_file =\nworker_self_reference_url = ${self}\n${settings}`,
  );
  const before = new Set(node.pythons());
  let text = '';
  const { python, launcher, config } = windowsPaths;
  const line = [
    '-s',
    launcher,
    'glance-api',
    '--config-file',
    `${config}\\glance-api.conf`,
    '--config-file',
    more,
  ];
  const running = runInWine(node.prefix, python, line, {
    env: { PYTHONUTF8: '1', ORIEL_WITHOUT: without.join(','), ...env },
    onOutput: (chunk) => {
      text += chunk.toString('utf8');
    },
  });
  const place = { host: node.host, port, token: node.token };
  const own = () => node.pythons().filter((each) => !before.has(each));
  const end = async () => {
    const [first] = own();
    if (first) process.kill(first, 'SIGKILL');
    await running;
    await closeListener(place);
    rmSync(file);
  };
  let over = false;
  void running.finally(() => {
    over = true;
  });
  while (!(await answers(place))) {
    if (over) throw new Error(`the second Glance ended:\n${text.slice(-3000)}`);
    await sleep(300);
  }
  return { ...place, pid: own().at(-1) ?? 0, said: () => text, end };
}

/** Whether the API says that it is well. */
function answers(place: Place): Promise<boolean> {
  return send(place, 'GET', '/healthcheck').then(
    ({ status }) => status === 200,
    () => false,
  );
}
