import { randomBytes } from 'node:crypto';
import { rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Secret } from '../../src/secret.ts';
import { openSession } from '../../src/session/open/open.ts';
import type { NodeSettings } from '../../src/site/deployment.ts';
import { countBytes, measure } from './measure.ts';
import { ansibleCopy, type Way } from './programs.ts';

const megabytes = 50;
const target = 'C:\\transfer-file';

/** Brings a file of 50 MB by a session, hashes and all, and by win_copy, in turn; prints what each took from its start to its end. */
export async function compareFiles(way: Way, address: string, port: number): Promise<void> {
  const source = join(way.folder, 'file');
  writeFileSync(source, randomBytes(megabytes * 1e6));
  const there = join(way.prefix, 'drive_c', 'transfer-file');
  const begun = performance.now();
  const session = await openSession(node(address, port));
  await session.put(source, target);
  await session.close();
  const own = (performance.now() - begun) / 1000;
  if (statSync(there).size !== megabytes * 1e6) throw new TypeError('the file is not whole');
  rmSync(there);
  const relay = await countBytes([port], address);
  try {
    const { seconds } = await measure(ansibleCopy(way, relay.ports, source, target));
    if (statSync(there).size !== megabytes * 1e6) throw new TypeError('the file is not whole');
    say(
      `${megabytes} MB: put ${own.toFixed(1)} s, win_copy ${seconds.toFixed(1)} s (${(seconds / own).toFixed(1)})`,
    );
  } catch (error) {
    say(`${megabytes} MB: put ${own.toFixed(1)} s; win_copy does not run here: ${(error as Error).message}`);
  } finally {
    relay.close();
  }
}

const say = (line: string) => process.stdout.write(`${line}\n`);

function node(address: string, port: number): NodeSettings {
  return {
    ...{ name: 'node', address, port, user: 'oriel', via: 'winrm', scheme: 'http', authentication: 'ntlm' },
    ...{ allowUnencrypted: false, password: new Secret('password', process.env.BENCHMARK_PASSWORD ?? '') },
    ...{ roles: [], windowsFeatures: [], certificates: [] },
  };
}
