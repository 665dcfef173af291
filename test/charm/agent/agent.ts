import { spawn } from 'node:child_process';
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Ended, endOf } from '../../e2e/oriel.ts';
import { unitNamed } from '../model/model.ts';
import { toolNames } from '../model/tools/run-tool.ts';
import type { HookContext } from '../model/tools/tool.ts';
import { openToolServer, type ToolServer } from './tool-server.ts';

/** What an agent starts for a hook or an action. */
export interface CharmProgram {
  /** Program and arguments. */
  readonly command: readonly [string, ...string[]];
  /** The folder of the charm. */
  readonly charm: string;
  /** Folders on PATH behind that of the hook tools. */
  readonly path: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

/** The agent of Juju on a machine, as a charm sees it: it starts programs, with hook tools that are programs as well. */
export interface Agent {
  readonly tools: ToolServer;
  /** Runs it in a context, one at a time. Gives how it ended; what it printed is in the log of the unit. */
  readonly run: (context: HookContext, program: CharmProgram) => Promise<Ended>;
  /** Ends what runs now, with all that it started, as a machine does that is out of memory. */
  readonly kill: () => void;
  readonly close: () => void;
}

/** An agent whose hook tools, and the socket that they ask, are in a folder. */
export async function openAgent(folder: string): Promise<Agent> {
  const programs = join(folder, 'tools');
  mkdirSync(programs);
  // With the ending of Windows for dispatch.ps1, which knows them by it.
  for (const name of toolNames.flatMap((tool) => [tool, `${tool}.exe`]))
    copyFileSync(join(import.meta.dirname, 'hook-tool.pl'), join(programs, name));
  const tools = await openToolServer({ path: join(folder, 'agent.socket') });
  let pid: number | undefined;
  return {
    tools,
    kill: () => pid && process.kill(-pid, 'SIGKILL'),
    close: tools.close,
    async run(context, { command: [file, ...args], charm, path, environment }) {
      tools.context = context;
      const child = spawn(file, args, {
        ...{ cwd: charm, detached: true, stdio: ['ignore', 'pipe', 'pipe'] },
        env: {
          ...environment,
          PATH: [programs, ...path].join(':'),
          JUJU_AGENT_SOCKET_ADDRESS: tools.address,
          JUJU_CHARM_DIR: charm,
          JUJU_CONTEXT_ID: 'a-context',
        },
      });
      pid = child.pid;
      const ended = await endOf(child);
      pid = undefined;
      tools.context = undefined;
      unitNamed(context.model, context.unit).log.push(ended.stdout, ended.stderr);
      return ended;
    },
  };
}
