import { WsmanFault } from '../soap/fault.ts';
import { newId } from '../soap/reply.ts';
import type { ShellCommand } from './command.ts';

/** A command that was over before anybody could say a word to it. */
export function endedCommand({ exitCode, stderr = '' }: { exitCode: number; stderr?: string }): ShellCommand {
  let pieces = stderr === '' ? [] : [{ stream: 'stderr' as const, data: Buffer.from(stderr) }];
  return {
    id: newId(),
    send: async () => {
      throw new WsmanFault('pipeEnded');
    },
    async receive() {
      const given = pieces;
      pieces = [];
      return { pieces: given, exitCode };
    },
    interrupt: () => {},
    terminate: () => {},
    hasEnded: () => true,
  };
}
