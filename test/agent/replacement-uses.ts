import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { replacedParts, withReplacements } from '../../src/sandbox/powershell/replacements.ts';

export interface ReplacementUses {
  /** As the sandbox does it, and each replacement notes that it was called. */
  readonly sourceLine: (line: string) => string;
  /** The replacements that were called since this was asked last, by name. */
  readonly uses: () => readonly string[];
}

/** The functions that are called only where Wine had no answer, by the replacement that asks it first. */
const fallbacks: Readonly<Record<string, string>> = {
  'ConvertFrom-AccountSid': 'ConvertFrom-SandboxSid',
  'ConvertTo-AccountSid': 'ConvertTo-SandboxSid',
};

/** Notes which replacements the agent in a prefix calls: what passes through one was not tried in Wine. */
export function replacementUses(prefix: string): ReplacementUses {
  const name = 'oriel-replaced.txt';
  const file = join(prefix, 'drive_c', 'windows', 'temp', name);
  const noting = (part: string): string => {
    const called = fallbacks[part] ?? part;
    return [
      `\${function:Used-${called}} = \${function:${called}}`,
      `function ${called} { [IO.File]::AppendAllText('C:\\windows\\temp\\${name}', '${part},'); Used-${called} @args }`,
    ].join('\n');
  };
  return {
    sourceLine: (line) => {
      const source = gunzipSync(Buffer.from(withReplacements(line), 'base64')).toString('utf8');
      const noted = [source, ...replacedParts().map(noting)].join('\n');
      return `${gzipSync(noted).toString('base64')}\n`;
    },
    uses: () => {
      const noted = readText(file);
      rmSync(file, { force: true });
      return [...new Set(noted.split(',').filter(Boolean))].sort();
    },
  };
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
