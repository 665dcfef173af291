import { existsSync } from 'node:fs';
import { z } from 'zod';
import type { NodeProgram } from '../../node/backing.ts';
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
const start = 'C:\\windows\\system32\\start.exe';

export const processCmdlets: Readonly<Record<string, Cmdlet>> = {
  // Started by the sandbox, as Windows Management does it: the process is no child of a session, and does not end with one.
  'Invoke-CimMethod': cmdlet(create, async ({ Arguments: { CommandLine, CurrentDirectory } }, node) => {
    const [file = '', ...args] = argumentsOf(CommandLine);
    if (/^[A-Za-z]:/.test(file) && !existsSync(node.backing.hostPath(file)))
      return [{ ReturnValue: pathNotFound }];
    const environment = { ...powerShellEnvironment, ...node.powerShell?.environment };
    await node.backing.start({ ...programIn(CurrentDirectory, file, args), environment });
    return [{ ReturnValue: 0, Name: nameOf(file) }];
  }),
};

/**
 * A program that runs in a directory, by start.exe. Wine keeps the directory of the process that gets a console for as long as that
 * console's own process lives, which is longer: nobody could remove it when the program has ended.
 */
function programIn(directory: string | undefined, file: string, args: readonly string[]): NodeProgram {
  if (directory === undefined) return { file, arguments: args };
  return { file: start, arguments: ['/wait', '/b', '/d', directory, file, ...args] };
}

/** As lists of processes have it. */
function nameOf(file: string): string {
  return (file.split('\\').at(-1) ?? file).replace(/\.exe$/i, '');
}
