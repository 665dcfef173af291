import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTarGzip } from 'nanotar';
import { composed } from '../../deploy/compose/compose.ts';
import { withTargets } from '../../deploy/targets.ts';
import { CallError } from '../../errors.ts';
import { nodeSessions } from '../../plan/observe/make-plan.ts';
import { openStateFolder } from '../../plan/run/state-folder.ts';
import { masked } from '../../secret.ts';
import type { Session } from '../../session/session.ts';
import type { Action } from './action.ts';

/** The last lines of each log: of a week of a quiet service, and of the last hours of a busy one. */
const maxLines = 5_000;

interface LogFile {
  readonly node: string;
  readonly name: string;
  readonly data: string;
}

/** Logs of the services and of our own runs, as one archive on the machine of the unit; every secret that is known is taken out. */
export const collectLogs: Action = async ({ site, surroundings, place, log }) => {
  const { deployment } = await site();
  const { salt, journal } = await openStateFolder(deployment);
  const { declared } = await composed(deployment, salt);
  const wanted = declared.flatMap(({ node, spec }) => {
    const path = (spec as { readonly log?: string }).log;
    return path === undefined ? [] : [{ node, path }];
  });
  const { files: found, unreached } = await withTargets(
    { deployment },
    place.context,
    async (connections) => {
      const files: LogFile[] = [];
      for (const session of nodeSessions(connections)) {
        const paths = new Set(wanted.filter(({ node }) => node === session.node).map(({ path }) => path));
        for (const path of paths) files.push(...(await readLog(session, path)));
        log(`${session.node}: ${files.filter(({ node }) => node === session.node).length} logs`);
      }
      const reached = new Set(nodeSessions(connections).map(({ node }) => node));
      return { files, unreached: deployment.nodes.filter(({ name }) => !reached.has(name)) };
    },
  );
  const own = {
    node: 'unit',
    name: 'journal.jsonl',
    data: masked(await readFile(journal, 'utf8').catch(() => '')),
  };
  const all = [...found, own];
  const folder = join(place.folder, 'logs');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `logs-${new Date().toISOString().replace(/[:.]/g, '-')}.tar.gz`);
  const archive = await createTarGzip(all.map(({ node, name, data }) => ({ name: `${node}/${name}`, data })));
  await writeFile(path, archive, { mode: 0o600 });
  const { unit } = surroundings.facts.event;
  return {
    results: {
      ...{ path, bytes: archive.length, fetch: `juju scp ${unit}:${path} .` },
      files: all.map(({ node, name, data }) => ({ node, name, bytes: Buffer.byteLength(data) })),
    },
    ...(unreached[0] && {
      failed: `the archive has no logs of ${unreached[0].name}, which is not reached: see the action verify`,
    }),
  };
};

/** One that is not there yet is left out. */
async function readLog(session: Session, path: string): Promise<readonly LogFile[]> {
  try {
    const { lines } = await session.call<{ readonly lines: readonly string[] }>({
      call: 'Get-FileTail',
      path,
      lines: maxLines,
    });
    const name = path.split('\\').at(-1) ?? path;
    return [{ node: session.node, name, data: masked(`${lines.join('\n')}\n`) }];
  } catch (error) {
    if (error instanceof CallError && error.kind === 'PathNotFound') return [];
    throw error;
  }
}
