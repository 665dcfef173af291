import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { firstWindows } from '../../src/verify/checks/storage/run/first-windows.ts';
import type { Check, Finding } from './check.ts';
import { cmdletProblems } from './powershell/cmdlets.ts';
import { powershellParser } from './powershell/parse.ts';
import { rules } from './powershell/rules.ts';

const allowList = 'agent/allowed-cmdlets.json';

/** Every script of agent/ parses and keeps to what PowerShell 3.0, .NET Framework 4.5 and every Windows have; so does the list of cmdlets. */
export const powershell: Check = {
  name: 'powershell',
  run: async (root) => {
    const parse = await powershellParser();
    const files = readdirSync(join(root, 'agent'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ps1'))
      .sort()
      .map((name) => ({
        file: `agent/${name}`,
        script: parse(readFileSync(join(root, 'agent', name), 'utf8')),
      }));
    const functions = files.flatMap(({ script }) => script.functions);
    const found = files.flatMap(({ file, script }) => {
      const violations = Object.values(rules).flatMap((rule) => rule({ ...script, functions }));
      return violations.map((violation) => ({ file, ...violation }));
    });
    return [...found, ...allowedFindings(readFileSync(join(root, allowList), 'utf8'))];
  },
};

/** One finding for each name on the list of allowed cmdlets that Windows may not have, unless its caller looks at the Windows first. */
export function allowedFindings(list: string): readonly Finding[] {
  const lines = list.split('\n');
  const names = (JSON.parse(list) as readonly string[]).filter(
    (name) => firstWindows[name]?.since === undefined,
  );
  return names.flatMap((name) =>
    cmdletProblems(name).map((message) => ({
      file: allowList,
      line: lines.findIndex((line) => line.includes(`"${name}"`)) + 1,
      message,
    })),
  );
}
