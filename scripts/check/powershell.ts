import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Check } from './check.ts';
import { powershellParser } from './powershell/parse.ts';
import { rules } from './powershell/rules.ts';

/** Every script of agent/ parses and keeps to what PowerShell 3.0 has. */
export const powershell: Check = {
  name: 'powershell',
  run: async (root) => {
    const parse = await powershellParser();
    const files = readdirSync(join(root, 'agent'), { recursive: true, encoding: 'utf8' });
    return files
      .filter((name) => name.endsWith('.ps1'))
      .sort()
      .flatMap((name) => {
        const script = parse(readFileSync(join(root, 'agent', name), 'utf8'));
        const found = Object.values(rules).flatMap((rule) => rule(script));
        return found.map((violation) => ({ file: `agent/${name}`, ...violation }));
      });
  },
};
