import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { dataFile } from '../data-files.ts';

export interface Launch {
  /** The constant command line: no data, no secret, nothing that cmd, PowerShell or a shell would read differently. */
  readonly command: string;
  /** The first line for its standard input: the agent's source, gzip, base64, with the line end. */
  readonly sourceLine: string;
}

/**
 * How the agent in `directory` (bootstrap.ps1 and one .ps1 for each function; default: the product's own) is started.
 */
export function agentLaunch(directory: string = dataFile('agent')): Launch {
  const bootstrap = readFileSync(join(directory, 'bootstrap.ps1'), 'utf8');
  const source = readdirSync(directory)
    .filter((name) => name.endsWith('.ps1') && name !== 'bootstrap.ps1')
    .sort()
    .map((name) => readFileSync(join(directory, name), 'utf8'))
    .join('\n');
  return {
    command: launchCommand(bootstrap),
    sourceLine: `${gzipSync(source, { level: 9 }).toString('base64')}\n`,
  };
}

function launchCommand(bootstrap: string): string {
  // Comments and blank lines cost length: cmd.exe takes 8,191 characters and base64 of UTF-16 makes 2.7 of each.
  const lines = bootstrap.split(/\r?\n/).filter((line) => line.trim() !== '' && !line.trim().startsWith('#'));
  const encoded = Buffer.from(lines.join('\n'), 'utf16le').toString('base64');
  return `powershell -NoLogo -NoProfile -NonInteractive -ExecutionPolicy Bypass -EncodedCommand ${encoded}`;
}
