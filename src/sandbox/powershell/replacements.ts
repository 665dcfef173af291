import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { dataFile } from '../../data-files.ts';

/**
 * Names of the agent's functions (agent/parts) that a PowerShell in Wine has from the sandbox, as Wine lacks what they ask
 * (docs/reference/nodes/sandbox.md has the reason of each). What only they call is not run there.
 */
export function replacedParts(): readonly string[] {
  return readdirSync(folder())
    .filter((name) => name.endsWith('.ps1'))
    .map((name) => name.replace(/\.ps1$/, ''))
    .sort();
}

/** By source line: every session of every node sends the same one, and packing takes longer than all else. */
const lines = new Map<string, string>();

/**
 * The line with the agent's source, with the functions behind it that stand for what Wine lacks. `sourceLine` is the first line of an
 * agent's standard input (gzip, base64), with its line end or without; the result has the same end. What is no such line stays as it is.
 */
export function withReplacements(sourceLine: string): string {
  const known = lines.get(sourceLine) ?? repacked(sourceLine);
  if (lines.size > 8) lines.clear();
  lines.set(sourceLine, known);
  return known;
}

function repacked(sourceLine: string): string {
  const [, packed = '', end = ''] = /^([A-Za-z0-9+/]+=*)(\r?\n)?$/.exec(sourceLine) ?? [];
  const source = unpacked(packed);
  if (source === undefined) return sourceLine;
  const replacements = replacedParts().map((name) => readFileSync(join(folder(), `${name}.ps1`), 'utf8'));
  return `${gzipSync([source, ...replacements].join('\n')).toString('base64')}${end}`;
}

/** Undefined: it is no gzip. */
function unpacked(text: string): string | undefined {
  try {
    return gunzipSync(Buffer.from(text, 'base64')).toString('utf8');
  } catch {
    return undefined;
  }
}

function folder(): string {
  return dataFile('src', 'sandbox', 'powershell', 'replacements');
}
