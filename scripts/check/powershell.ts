import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { firstWindows } from '../../src/verify/checks/storage/run/first-windows.ts';
import { laterCmdlets } from '../floor/exceptions.ts';
import type { Check, Finding } from './check.ts';
import { cmdletProblems } from './powershell/cmdlets.ts';
import { powershellParser } from './powershell/parse.ts';
import { rules } from './powershell/rules.ts';

type Parse = Awaited<ReturnType<typeof powershellParser>>;

const allowList = 'agent/allowed-cmdlets.json';

/** Folders of scripts; those of one may call each other's functions. */
const folders = ['agent', 'charms'];

/** Every script of agent/ and charms/ parses and keeps to what PowerShell 3.0, .NET Framework 4.5 and every Windows have; so does the list of cmdlets. */
export const powershell: Check = {
  name: 'powershell',
  run: async (root) => {
    const parse = await powershellParser();
    const found = folders.flatMap((folder) => folderFindings(root, folder, parse));
    return [...found, ...allowedFindings(readFileSync(join(root, allowList), 'utf8'))];
  },
};

function folderFindings(root: string, folder: string, parse: Parse): readonly Finding[] {
  const files = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ps1'))
    .sort()
    .map((name) => ({
      file: `${folder}/${name}`,
      script: parse(readFileSync(join(root, folder, name), 'utf8')),
    }));
  const functions = files.flatMap(({ script }) => script.functions);
  return files.flatMap(({ file, script }) => {
    const violations = Object.values(rules).flatMap((rule) => rule({ ...script, functions }));
    return violations.map((violation) => ({ file, ...violation }));
  });
}

/** One finding for each name on the list of allowed cmdlets that Windows may not have, unless its caller looks at the Windows first. */
export function allowedFindings(list: string): readonly Finding[] {
  const lines = list.split('\n');
  const names = (JSON.parse(list) as readonly string[]).filter(
    (name) => firstWindows[name]?.since === undefined && laterCmdlets[name] === undefined,
  );
  return names.flatMap((name) =>
    cmdletProblems(name).map((message) => ({
      file: allowList,
      line: lines.findIndex((line) => line.includes(`"${name}"`)) + 1,
      message,
    })),
  );
}
