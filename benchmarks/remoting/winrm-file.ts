import { randomBytes } from 'node:crypto';
import { rmSync, statSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { Secret } from '../../src/secret.ts';
import { openSession } from '../../src/session/open/open.ts';
import type { NodeSettings } from '../../src/site/deployment.ts';
import { two } from './compare.ts';
import { countBytes, measure } from './measure.ts';
import { ansibleCopy, type Way } from './programs.ts';

const megabytes = 50;
const target = 'C:\\transfer-file';

/** Brings a file of 50 MB by a session, hashes and all, and by win_copy, in turn; prints what each took from its start to its end. */
export async function compareFiles(way: Way, address: string, port: number, times: number): Promise<void> {
  const source = join(way.folder, 'file');
  writeFileSync(source, randomBytes(megabytes * 1e6));
  const there = join(way.prefix, 'drive_c', 'transfer-file');
  const relay = await countBytes([port], address);
  const arrived = (): void => {
    if (statSync(there).size !== megabytes * 1e6) throw new TypeError('the file is not whole');
    rmSync(there);
  };
  const own = async (): Promise<number> => {
    const begun = performance.now();
    const cpu = process.cpuUsage();
    const session = await openSession(node(address, port));
    const opened = performance.now();
    await session.put(source, target);
    await session.close();
    const ended = performance.now();
    arrived();
    const { user, system } = process.cpuUsage(cpu);
    say(
      `put ${two((ended - begun) / 1000)} s, ${two((opened - begun) / 1000)} of it until the session is open; processor ${two((user + system) / 1e6)} s`,
    );
    return (ended - begun) / 1000;
  };
  try {
    for (let run = 0; run < times; run++) {
      const before = await own();
      const { seconds } = await measure(ansibleCopy(way, relay.ports, source, target));
      arrived();
      const ratio = (2 * seconds) / (before + (await own()));
      say(
        `${megabytes} MB: win_copy ${two(seconds)} s, ${two(ratio)} times as long; load ${two(loadavg()[0] ?? 0)}`,
      );
    }
  } catch (error) {
    say(`${megabytes} MB: win_copy does not run here: ${(error as Error).message}`);
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
