import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const home = '.oriel/venv-test';
const python = `${home}/bin/python`;

/** A Python that has oslo.config, made on first use below .oriel/; the reason why there is none otherwise. */
export function osloPython(): { readonly python: string } | { readonly missing: string } {
  try {
    if (!existsSync(python)) quietly('python3', ['-m', 'venv', home]);
    if (!hasOslo()) quietly(python, ['-m', 'pip', 'install', '--quiet', 'oslo.config==9.6.0']);
    return { python };
  } catch (error) {
    return { missing: `oslo.config cannot be installed: ${String((error as Error).message).split('\n')[0]}` };
  }
}

function hasOslo(): boolean {
  try {
    quietly(python, ['-c', 'import oslo_config.cfg']);
    return true;
  } catch {
    return false;
  }
}

function quietly(file: string, args: readonly string[]): void {
  execFileSync(file, args, { stdio: 'ignore', timeout: 600_000 });
}
