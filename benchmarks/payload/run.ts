import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { payloadFolder } from '../../src/components/glance/package/package.ts';
import { dataFile } from '../../src/data-files.ts';
import { cacheDirectory } from '../../src/payload/cache/cache.ts';
import { listFiles } from '../../src/payload/cache/files.ts';
import { installLock } from '../../src/payload/lock/install.ts';
import { bringRuntime } from '../../src/payload/python/runtime.ts';
import { type PayloadRequest, readPayloadInputs, resolvePayload } from '../../src/payload/resolve.ts';
import { unpackRuntime } from '../../src/payload/wheels/unpack.ts';
import { bootPrefix, clonePrefix, ensureTemplate, wineEnvironment } from '../../src/sandbox/wine/prefix.ts';
import type { Release } from '../../src/site/deployment.ts';
import { defaultPython } from '../../src/site/rules/payload.ts';

const [release = '2024.2', times = '3'] = process.argv.slice(2);
const say = (line: string) => process.stdout.write(`${line}\n`);

/** CPython and the packages as they come: nothing stripped, no bytecode, no zip file. */
async function unprepared(request: PayloadRequest, prepared: string, scratch: string): Promise<string> {
  const root = join(scratch, 'unprepared');
  const parts = await readPayloadInputs(request);
  const archive = await bringRuntime({ source: request.payload.python, ...request });
  await unpackRuntime(archive, request.payload.python.version, root);
  const target = join(root, 'lib', 'site-packages');
  const cache = join(request.cache, 'uv');
  await installLock({ ...parts, index: 'default', target, scratch, cache, emit: () => {} });
  // Without it no import comes to its end.
  copyFileSync(join(prepared, 'python3.dll'), join(root, 'python3.dll'));
  return root;
}

/** Seconds that `import glance.cmd.api` takes in Wine. */
function importSeconds(prefix: string, folder: string, before: string): number {
  const program = [
    'import sys, time',
    "sys.path.append('C:\\\\launcher')",
    'started = time.monotonic()',
    before,
    'import glance.cmd.api',
    'print(time.monotonic() - started)',
  ].join('\n');
  const env = { ...wineEnvironment(prefix), PYTHONDONTWRITEBYTECODE: '1', PYTHONUTF8: '1' };
  const args = [`C:\\${folder}\\python.exe`, '-s', '-c', program];
  const { stdout, stderr } = spawnSync('wine', args, { env, input: '', encoding: 'utf8' });
  const seconds = Number(stdout.trim().split('\n').at(-1));
  if (!(seconds > 0)) throw new TypeError(`${folder}: ${stderr}`);
  return seconds;
}

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

async function main(): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), 'oriel-benchmark-'));
  const [prefix, cache] = [join(scratch, 'prefix'), cacheDirectory()];
  const payload = { python: defaultPython, index: 'default' };
  const folder = payloadFolder();
  const request = { folder, release: release as Release, payload, directory: '/', cache, emit: () => {} };
  const { root } = await resolvePayload(request);
  await clonePrefix(await ensureTemplate(cache), prefix);
  const drive = join(prefix, 'drive_c');
  mkdirSync(drive, { recursive: true });
  cpSync(root, join(drive, 'prepared'), { recursive: true });
  cpSync(await unprepared(request, root, scratch), join(drive, 'unprepared'), { recursive: true });
  cpSync(dataFile('msi', 'launcher'), join(drive, 'launcher'), { recursive: true });
  const { stop } = await bootPrefix(prefix);
  const runs = { unprepared: [] as number[], prepared: [] as number[] };
  try {
    // Each in turn, so that a busy machine slows both.
    for (let run = 0; run < Number(times); run++) {
      const shim = "sys.path.append('C:\\\\launcher\\\\oriel_glance\\\\shims')";
      runs.unprepared.push(importSeconds(prefix, 'unprepared', shim));
      const repairs = "from oriel_glance import fixes, imports; fixes.apply('before')";
      runs.prepared.push(importSeconds(prefix, 'prepared', repairs));
    }
    for (const [name, seconds] of Object.entries(runs)) {
      const files = (await listFiles(join(drive, name))).length;
      const list = seconds.map((each) => each.toFixed(1)).join(', ');
      say(`${name}: ${files} files, median ${median(seconds).toFixed(1)} s (${list})`);
    }
    say(`ratio: ${(median(runs.prepared) / median(runs.unprepared)).toFixed(2)}`);
  } finally {
    await stop();
    rmSync(scratch, { recursive: true, force: true });
  }
}

await main();
