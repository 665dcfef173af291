import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { buildSync } from 'esbuild';
import { dataFile } from '../../../src/data-files.ts';
import type { Report } from './child.ts';

/** A thousand files take some two seconds on a quiet machine. */
const patience = 300_000;

/**
 * Reads `count` damaged files from the seed `first` on in a process of its own, as one file of JavaScript, so that its memory is that
 * of reading. Gives its last report; throws when it fails, with what it wrote, or hangs, with the seed before which it does.
 */
export async function fuzzInChild(first: number, count: number, onReport: (report: Report) => void) {
  const folder = mkdtempSync(join(tmpdir(), 'oriel-fuzz-'));
  try {
    const program = oneFile(join(import.meta.dirname, 'child.ts'), folder);
    const sound = dataFile('msi', 'service', 'oriel-service.exe');
    return await lastReport([program, sound, `${first}`, `${count}`], onReport);
  } finally {
    rmSync(folder, { recursive: true });
  }
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
  const watch = setTimeout(() => child.kill('SIGKILL'), patience);
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
