import { z } from 'zod';
import { AgentFailure } from '../../agent/failure/agent-failure.ts';
import { argumentsOf } from '../../powershell/exec/command-line.ts';
import { powerShellEnvironment } from '../../powershell/start.ts';
import { type Cmdlet, cmdlet } from '../cmdlet/cmdlet.ts';

const create = z.strictObject({
  ClassName: z.literal('Win32_Process'),
  MethodName: z.literal('Create'),
  Arguments: z.strictObject({ CommandLine: z.string(), CurrentDirectory: z.string().optional() }),
});

/** What Win32_Process.Create says of a program that is not there. */
const pathNotFound = 9;

export const processCmdlets: Readonly<Record<string, Cmdlet>> = {
  // Started by the sandbox, as Windows Management does it: the process is no child of a session, and does not end with one.
  'Invoke-CimMethod': cmdlet(create, async ({ Arguments: { CommandLine, CurrentDirectory } }, node) => {
    const [file = '', ...args] = argumentsOf(CommandLine);
    const environment = { ...powerShellEnvironment, ...node.powerShell?.environment };
    const directory = CurrentDirectory === undefined ? {} : { directory: CurrentDirectory };
    try {
      await node.backing.start({ file, arguments: args, environment, ...directory });
    } catch (error) {
      if (error instanceof AgentFailure && error.kind === 'ProgramNotFound')
        return [{ ReturnValue: pathNotFound }];
      throw error;
    }
    return [{ ReturnValue: 0, Name: nameOf(file) }];
  }),
};

/** As lists of processes have it. */
function nameOf(file: string): string {
  return (file.split('\\').at(-1) ?? file).replace(/\.exe$/i, '');
}
