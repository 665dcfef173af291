import { once } from 'node:events';
import { speak } from '../agent/speaker.ts';
import { brokenShell } from '../faults/shell.ts';
import { slowly } from '../faults/slow.ts';
import type { StandIn } from '../node/backing.ts';
import type { CommandOptions, CommandStreams } from '../node/command.ts';
import { execute } from '../powershell/exec/exec.ts';
import { runPlain } from './plain-programs.ts';

/**
 * Runs a command line on a node, the same for every server that it has: where the node has PowerShell every command, else the agent of
 * the stand-in and what plain-programs.ts has. Gives the exit code, 32 bits. Never rejects.
 */
export async function runCommand(
  node: StandIn,
  command: string,
  streams: CommandStreams,
  options: CommandOptions,
): Promise<number> {
  const broken = brokenShell(node.faults, streams);
  if (broken) return Promise.race([broken, streams.closed.then(() => 1)]);
  const through = slowly(node.faults);
  if (node.powerShell) return execute(node.powerShell, command, streams, { ...options, through });
  if (startsAgent(command)) {
    through.pipe(streams.output, { end: false });
    void speak(node, streams.input, through).then(() => through.end());
    await Promise.race([once(through, 'end'), streams.closed]);
    return 0;
  }
  const exitCode = await runPlain(node, command, streams);
  if (exitCode !== undefined) return exitCode;
  if (!streams.words.destroyed)
    streams.words.write(
      'This is a stand-in for a Windows node: it starts the agent of oriel and nothing else.\r\n',
    );
  return 1;
}

/** PowerShell with an encoded bootstrap that starts an agent. */
function startsAgent(command: string): boolean {
  const encoded = /^powershell(?:\.exe)?\s(?:.*\s)?-EncodedCommand\s+([A-Za-z0-9+/=]+)$/i.exec(command)?.[1];
  return encoded !== undefined && Buffer.from(encoded, 'base64').toString('utf16le').includes('Start-Agent');
}
