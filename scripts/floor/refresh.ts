import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { moduleTables } from '../../src/sandbox/powershell/modules.ts';
import { everyPreparation } from '../check/every-preparation.ts';
import { powershellParser } from '../check/powershell/parse.ts';
import type { Script } from '../check/powershell/rule.ts';
import { typesOf } from '../check/powershell/type-uses.ts';
import { fullNames } from '../check/powershell/types.ts';
import { commandsOf } from '../check/powershell/uses.ts';
import { cmdletsFrom, typesFrom } from './extract.ts';

const parse = await powershellParser();
const root = resolve(import.meta.dirname, '..', '..');
const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error('usage: npx tsx scripts/floor/refresh.ts FOLDER (see scripts/floor/README.md)');
  process.exitCode = 2;
} else {
  const scripts = [
    ...scriptsIn('agent', '.ps1'),
    ...scriptsIn('charms', '.ps1'),
    ...everyPreparation().map(({ text }) => parse(text)),
  ];
  write('cmdlets.json', cmdletsFrom(folder, [...cmdletNames(scripts), ...(await moduleCmdlets())]));
  write('net-framework-4.5.json', typesFrom(folder, typeNames(scripts)));
}

function scriptsIn(place: string, ending: string): readonly Script[] {
  if (!existsSync(join(root, place))) return [];
  const files = readdirSync(join(root, place), { recursive: true, encoding: 'utf8' });
  return files
    .filter((name) => name.endsWith(ending))
    .map((name) => parse(readFileSync(join(root, place, name), 'utf8')));
}

function cmdletNames(scripts: readonly Script[]): readonly string[] {
  const allowed = JSON.parse(readFileSync(join(root, 'agent', 'allowed-cmdlets.json'), 'utf8')) as string[];
  return [...allowed, ...scripts.flatMap((script) => commandsOf(script).map(({ name }) => name))];
}

/** Every name that a type may have. */
function typeNames(scripts: readonly Script[]): readonly string[] {
  return [
    'System.Type',
    ...scripts.flatMap((script) => typesOf(script).flatMap(({ name }) => fullNames(name))),
  ];
}

/** What the sandbox's modules stand in for. */
async function moduleCmdlets(): Promise<readonly string[]> {
  return [...(await moduleTables()).values()].flatMap(({ cmdlets }) => Object.keys(cmdlets));
}

function write(file: string, data: unknown): void {
  writeFileSync(join(import.meta.dirname, file), `${JSON.stringify(data, null, 2)}\n`);
}
