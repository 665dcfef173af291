import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { windowsRoot } from '../../../windows-root.ts';
import type { StandIn } from '../../node/backing.ts';
import { isAbsent } from '../failure/agent-failure.ts';

/** What is written of a detached program in `runs\NAME\run.json` of oriel's folder. */
export interface DetachedRun {
  readonly name: string;
  readonly pid: number;
  readonly started: string;
  readonly ended?: string;
  readonly exitCode?: number;
}

export function runFolder(name: string): string {
  return `${windowsRoot}\\runs\\${name}`;
}

export async function readRun(node: StandIn, name: string): Promise<DetachedRun | undefined> {
  try {
    return JSON.parse(await readFile(runFile(node, name), 'utf8')) as DetachedRun;
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}

export async function writeRun(node: StandIn, run: DetachedRun): Promise<void> {
  const file = runFile(node, run.name);
  await mkdir(dirname(file), { recursive: true });
  closeHome(node);
  await writeFile(`${file}.new`, JSON.stringify(run));
  await rename(`${file}.new`, file);
}

/** Only administrators may write where the files of runs are, or others could have programs of theirs run. */
function closeHome({ backing }: StandIn): void {
  if (!backing.access(windowsRoot).inherits) return;
  const accounts = ['NT AUTHORITY\\SYSTEM', 'BUILTIN\\Administrators'].map((account) => ({
    account,
    rights: 'FullControl',
  }));
  backing.setAccess(windowsRoot, { inherits: false, accounts });
}

function runFile(node: StandIn, name: string): string {
  return node.backing.hostPath(`${runFolder(name)}\\run.json`);
}
