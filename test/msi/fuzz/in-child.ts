import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { buildSync } from 'esbuild';
import { dataFile } from '../../../src/data-files.ts';
import type { Report } from './child.ts';

/** A thousand files take some two seconds on a quiet machine. */
const timeoutMs = 300_000;

/** Files that one process reads: what it keeps of very many is not what one of them costs. */
const most = 5000;

/**
 * Reads `count` damaged files from the seed `first` on in processes of their own, as one file of JavaScript, so that their memory is that
 * of reading. Gives a report over all of them; throws when one fails, with what it wrote, or hangs, with the seed before which it does.
 */
export async function fuzzInChild(first: number, count: number, onReport: (report: Report) => void) {
  const folder = mkdtempSync(join(tmpdir(), 'oriel-fuzz-'));
  try {
    const program = oneFile(join(import.meta.dirname, 'child.ts'), folder);
    const sound = dataFile('msi', 'service', 'oriel-service.exe');
    const reports: Report[] = [];
    for (let seed = first; seed < first + count; seed += most) {
      const some = Math.min(most, first + count - seed);
      reports.push(await lastReport([program, sound, `${seed}`, `${some}`], onReport));
    }
    return reports.reduce(together);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function together(a: Report, b: Report): Report {
  const targets = { ...a.targets };
  for (const [name, { files, refused }] of Object.entries(b.targets ?? {})) {
    const before = targets[name] ?? { files: 0, refused: 0 };
    targets[name] = { files: before.files + files, refused: before.refused + refused };
  }
  return {
    seed: b.seed,
    megabytes: Math.max(a.megabytes, b.megabytes),
    milliseconds: Math.max(a.milliseconds, b.milliseconds),
    targets,
  };
}

/** A program as one file of JavaScript in `folder`; gives its path. */
export function oneFile(entry: string, folder: string): string {
  const outfile = join(folder, `${basename(entry, '.ts')}.cjs`);
  buildSync({ entryPoints: [entry], outfile, bundle: true, platform: 'node', format: 'cjs' });
  return outfile;
}

function lastReport(args: readonly string[], onReport: (report: Report) => void): Promise<Report> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let last: Report | undefined;
  let errors = '';
  const watch = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
  child.stderr.on('data', (text) => (errors += text));
  createInterface(child.stdout).on('line', (line) => {
    watch.refresh();
    last = JSON.parse(line) as Report;
    onReport(last);
  });
  return new Promise((resolve, reject) => {
    child.on('close', (code, signal) => {
      clearTimeout(watch);
      if (code === 0 && last?.targets) resolve(last);
      else reject(new Error(`after seed ${last?.seed ?? 'none'}: ${signal ?? `code ${code}`}\n${errors}`));
    });
  });
}
