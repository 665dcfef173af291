import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { dataFile } from '../../data-files.ts';
import { packedProtocol } from './packed-protocol.ts';
import { readProtocolSchema } from './protocol-schema.ts';

export interface Launch {
  /** The constant command line: no data, no secret, nothing that cmd, PowerShell or a shell would read differently. */
  readonly command: string;
  /** The first line for its standard input: the agent's source, gzip, base64, with the line end. */
  readonly sourceLine: string;
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
  return {
    command: launchCommand(readFileSync(join(directory, 'bootstrap.ps1'), 'utf8')),
    sourceLine: `${gzipSync(agentSource(directory), { level: 9 }).toString('base64')}\n`,
  };
}

/** The whole agent as one script: what it holds, its parts, its calls, and as functions the list of cmdlets and the schema of the calls. */
export function agentSource(directory: string): string {
  const parts = scripts(join(directory, 'parts'));
  const calls = scripts(directory).filter((file) => basename(file) !== 'bootstrap.ps1');
  const first = parts.filter((file) => basename(file) === 'Agent.ps1');
  const files = [...first, ...parts.filter((file) => !first.includes(file)), ...calls];
  const allowed = JSON.parse(
    readFileSync(join(directory, 'allowed-cmdlets.json'), 'utf8'),
  ) as readonly string[];
  const protocol = packedProtocol(readProtocolSchema(join(directory, 'protocol.schema.json')));
  const list = allowed.map((name) => `'${name}'`).join(',');
  return [
    `function Get-AllowedCmdlet { @(${list}) }`,
    `function Get-ProtocolText { '${protocol.replaceAll("'", "''")}' }`,
    ...files.map((file) => readFileSync(file, 'utf8')),
  ].join('\n');
}

function scripts(directory: string): readonly string[] {
  return readdirSync(directory)
    .filter((name) => name.endsWith('.ps1'))
    .sort()
    .map((name) => join(directory, name));
}

function launchCommand(bootstrap: string): string {
  // Comments and blank lines cost length: cmd.exe takes 8,191 characters and base64 of UTF-16 makes 2.7 of each.
  const lines = bootstrap.split(/\r?\n/).filter((line) => line.trim() !== '' && !line.trim().startsWith('#'));
  const encoded = Buffer.from(lines.join('\n'), 'utf16le').toString('base64');
  return `powershell -NoLogo -NoProfile -NonInteractive -ExecutionPolicy Bypass -EncodedCommand ${encoded}`;
}
