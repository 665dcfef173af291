import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openSession } from '../../src/session/open/open.ts';
import type { NodeSettings } from '../../src/site/deployment.ts';
import type { Rig } from './rig.ts';

export const megabytes = 200;
const target = 'C:\\transfer\\file';

export interface TransferFigures {
  readonly scpSeconds: number;
  /** Of the whole of `Session.put` in an open session: hashes on both sides, the bytes, the move to its place. */
  readonly putSeconds: number;
  /** Of it, from the first block sent to the last one taken. */
  readonly bytesSeconds: number;
}

/** Brings the same file to a node by scp and by a session, in turn. */
export async function measureTransfer(rig: Rig, times: number): Promise<readonly TransferFigures[]> {
  const source = makeFile(rig);
  const session = await openSession(node(rig, rig.ports[0] ?? 0));
  try {
    const all: TransferFigures[] = [];
    for (let run = 0; run < times; run++) {
      remove(rig);
      const scpSeconds = await secondsOf(() => scp(rig, source));
      remove(rig);
      let [first, last] = [0, 0];
      const progress = (): void => {
        first ||= performance.now();
        last = performance.now();
      };
      const putSeconds = await secondsOf(() => session.put(source, target, { progress }));
      all.push({ scpSeconds, putSeconds, bytesSeconds: (last - first) / 1000 });
    }
    return all;
  } finally {
    await session.close();
  }
}

/** Cuts the connection of a transfer at nine tenths and continues it: the part of the file that was sent again. */
export async function measureResumption(rig: Rig): Promise<number> {
  const source = makeFile(rig);
  remove(rig);
  const size = megabytes * 1e6;
  const cut = new AbortController();
  const progress = (done: number): void => {
    if (done > 0.9 * size) cut.abort();
  };
  const first = await openSession(node(rig, rig.ports[0] ?? 0));
  await first.put(source, target, { progress, signal: cut.signal }).catch(() => {});
  await first.close();
  const second = await openSession(node(rig, rig.ports[0] ?? 0));
  const { sent } = await second.put(source, target);
  await second.close();
  return sent / size - 0.1;
}

function makeFile(rig: Rig): string {
  const path = join(rig.folder, 'file');
  rmSync(path, { force: true });
  for (let part = 0; part < megabytes; part++) writeFileSync(path, randomBytes(1e6), { flag: 'a' });
  return path;
}

function remove(rig: Rig): void {
  for (const name of ['file', 'file.oriel-part'])
    rmSync(join(rig.folder, 'sftp', 'C:', 'transfer', name), { force: true });
}

function scp(rig: Rig, source: string): void {
  const options = ['-q', '-F', 'none', '-i', rig.identity, '-o', `UserKnownHostsFile=${rig.knownHosts}`];
  const place = 'root@127.0.0.1:/C:/transfer/file';
  execFileSync('scp', [...options, '-P', String(rig.ports[0]), source, place]);
}

async function secondsOf(run: () => unknown): Promise<number> {
  const begun = performance.now();
  await run();
  return (performance.now() - begun) / 1000;
}

function node({ identity, knownHosts }: Rig, port: number): NodeSettings {
  return {
    ...{ name: 'node', address: '127.0.0.1', port, user: 'root', identity, knownHosts, via: 'ssh' },
    ...{ roles: [], windowsFeatures: [], certificates: [] },
  };
}
