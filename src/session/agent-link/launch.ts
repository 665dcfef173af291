import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { dataFile } from '../../data-files.ts';
import { packedProtocol } from './packed-protocol.ts';
import { readProtocolSchema } from './protocol-schema.ts';

export interface Launch {
  /** The constant command line: no data, no secret, nothing that cmd, PowerShell or a shell would read differently. */
  readonly command: string;
  /** The same without the name of the program. */
  readonly arguments: readonly string[];
  /** The first line for its standard input: the agent's source, gzip, base64, with the line end. */
  readonly sourceLine: string;
  /** The same as bytes, which all nodes share. */
  readonly sourceBytes: Buffer;
}

/** By directory: of many nodes each gets the same agent, and packing it costs more than all else that a connection does. */
const launches = new Map<string, Launch>();

/** How the agent in `directory` (default: the product's own) is started. What is in the directory is read once. */
export function agentLaunch(directory: string = dataFile('agent')): Launch {
  const known = launches.get(directory) ?? pack(directory);
  launches.set(directory, known);
  return known;
}

function pack(directory: string): Launch {
  const args = launchArguments(readFileSync(join(directory, 'bootstrap.ps1'), 'utf8'));
  const sourceLine = `${gzipSync(agentSource(directory), { level: 9 }).toString('base64')}\n`;
  return {
    command: ['powershell', ...args].join(' '),
    arguments: args,
    ...{ sourceLine, sourceBytes: Buffer.from(sourceLine, 'latin1') },
  };
}

/** The whole agent as one script: the list of cmdlets and the schema of the calls as functions, what it holds, parts, calls, its start. */
export function agentSource(directory: string): string {
  const files = [
    join(directory, 'Agent.ps1'),
    ...scripts(join(directory, 'parts')),
    ...scripts(join(directory, 'calls')),
    join(directory, 'Start-Agent.ps1'),
  ];
  const allowed = JSON.parse(
    readFileSync(join(directory, 'allowed-cmdlets.json'), 'utf8'),
  ) as readonly string[];
  const { calls, definitions } = packedProtocol(readProtocolSchema(join(directory, 'protocol.schema.json')));
  const list = allowed.map((name) => `'${name}'`).join(',');
  return [
    `function Get-AllowedCmdlet { @(${list}) }`,
    `function Get-ProtocolText { @{ calls = ${tableOf(calls)}; definitions = ${tableOf(definitions)} } }`,
    ...files.map((file) => readFileSync(file, 'utf8')),
  ].join('\n');
}

/** Texts as a table of PowerShell. */
function tableOf(texts: Readonly<Record<string, string>>): string {
  const entries = Object.entries(texts).map(([name, text]) => `'${name}' = '${text.replaceAll("'", "''")}'`);
  return `@{\n${entries.join('\n')}\n}`;
}

/** Every script below a directory, always in the same order. */
function scripts(directory: string): readonly string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ps1'))
    .sort()
    .map((name) => join(directory, name));
}

/** The arguments of PowerShell that run a script which is no file there. */
export function launchArguments(bootstrap: string): readonly string[] {
  // Comments and blank lines cost length: cmd.exe takes 8,191 characters and base64 of UTF-16 makes 2.7 of each.
  const lines = bootstrap.split(/\r?\n/).filter((line) => line.trim() !== '' && !line.trim().startsWith('#'));
  const encoded = Buffer.from(lines.join('\n'), 'utf16le').toString('base64');
  return [
    '-NoLogo',
    '-NoProfile',
    '-NonInteractive',
    '-ExecutionPolicy',
    'Bypass',
    '-EncodedCommand',
    encoded,
  ];
}
