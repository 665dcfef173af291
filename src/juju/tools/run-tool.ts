import { BuildError } from '../../errors.ts';
import { run } from '../../process.ts';

/** What a hook tool printed, and how it ended: 0, 1 (it refuses), 2 (it was used wrongly). */
export interface ToolResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a hook tool by its name (`relation-get`), with arguments and what it reads from standard input. */
export type RunTool = (name: string, args: readonly string[], input?: string) => Promise<ToolResult>;

/** Milliseconds; the agent answers a tool at once, or it is gone. */
const timeout = 60_000;
/** Characters that a command line of Windows can have (CreateProcessW). */
const longestCommand = 32_767;
const everyExitCode = [...Array(256).keys()];

/**
 * The hook tools of the Juju agent that started this program: they are on its PATH, on Windows with the ending `.exe`. Throws BuildError
 * where one is missing, does not end, or would get more arguments than a command line of Windows has room for.
 */
export const agentTools: RunTool = async (name, args, input) => {
  const length = [name, ...args].reduce((sum, word) => sum + word.length + 3, 0);
  if (length > longestCommand)
    throw new BuildError(
      `${name} would get ${length} characters as arguments, and Windows has room for ${longestCommand}`,
      'set fewer nodes, or shorter values',
    );
  const file = process.platform === 'win32' ? `${name}.exe` : name;
  return run(file, args, { timeout, accept: everyExitCode, ...(input !== undefined && { input }) });
};
