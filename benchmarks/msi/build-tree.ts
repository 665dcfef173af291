import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { buildMsi } from '../../src/msi/build/build.ts';

/** `build-tree.ts TREE OUT [embedded|external] [CACHE]`: packs a tree and prints seconds, size and peak memory as JSON. */
async function main([tree = '.', out = 'out.msi', cabinets = 'embedded', cache]: string[]): Promise<void> {
  const started = performance.now();
  const files = readdirSync(tree, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((source) => ({ source, target: relative(tree, source) }))
    .filter(({ target }) => !/[. ]$/.test(target));
  const model = {
    name: 'Benchmark',
    manufacturer: 'oriel',
    version: '1.0.0',
    upgradeCode: '{2E44C2B0-7B3D-4D19-8B5E-0A1C8F9D7E60}',
    installDirectory: ['oriel', 'benchmark'],
    files,
    directories: [],
    services: [],
    properties: [],
    launchConditions: [],
    epoch: 1_700_000_000,
  };
  const { bytes, sha256 } = await buildMsi(model, out, {
    cabinets: cabinets === 'external' ? 'external' : 'embedded',
    ...(cache && { cache }),
  });
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const seconds = (performance.now() - started) / 1000;
  const cpu = (userCPUTime + systemCPUTime) / 1e6;
  process.stdout.write(
    `${JSON.stringify({ files: files.length, seconds, cpu, bytes, megabytes: maxRSS >> 10, sha256 })}\n`,
  );
}

void main(process.argv.slice(2));
