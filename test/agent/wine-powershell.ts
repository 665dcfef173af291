import { once } from 'node:events';
import { copyFileSync, linkSync } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { cacheDirectory } from '../../src/payload/cache/cache.ts';
import { startPowerShell } from '../../src/sandbox/powershell/start.ts';
import {
  bootPrefix,
  clonePrefix,
  ensureTemplate,
  whyNoWine,
  wineAvailable,
} from '../../src/sandbox/wine/prefix.ts';
import { agentLaunch } from '../../src/session/agent-link/launch.ts';
import type { AgentLines } from './conversation.ts';

/** The folder of PowerShell for Windows that the tests were given. */
const given = process.env.ORIEL_POWERSHELL;

/** Why no PowerShell for Windows runs in Wine here; undefined: it does. */
export async function whyNoWinePowerShell(): Promise<string | undefined> {
  if (!given) return 'ORIEL_POWERSHELL names no folder of PowerShell for Windows';
  return (await wineAvailable()) ? undefined : whyNoWine;
}

export interface WineWithPowerShell {
  readonly prefix: string;
  readonly stop: () => Promise<void>;
}

/** A Windows in Wine in `folder` with PowerShell in it, as the sandbox makes its nodes. */
export async function windowsWithPowerShell(folder: string): Promise<WineWithPowerShell> {
  const prefix = join(folder, 'prefix');
  await clonePrefix(await ensureTemplate(cacheDirectory()), prefix);
  await linkTree(given ?? '', join(prefix, 'drive_c/Program Files/PowerShell/7'));
  return bootPrefix(prefix);
}

export interface WineAgent {
  readonly agent: AgentLines;
  /** The last of what PowerShell wrote to its console. */
  readonly words: () => string;
  /** Ends the agent without a word; done when its process is gone. */
  readonly kill: () => Promise<void>;
}

/** Starts the agent in a prefix, as an SSH server there would with the launch line. */
export async function startWineAgent(prefix: string, directory?: string): Promise<WineAgent> {
  const { command, sourceLine } = agentLaunch(directory);
  const { child, input, output, words } = await startPowerShell(prefix, command.split(' ').slice(1));
  const said = keepEnd(words);
  const ended = once(child, 'exit');
  input.on('error', () => {}); // it may end without reading
  input.write(sourceLine);
  const close = async (): Promise<void> => {
    input.end();
    await ended;
  };
  return {
    agent: { send: (line) => void input.write(`${line}\n`), lines: createInterface(output), close },
    words: said,
    kill: close,
  };
}

function keepEnd(stream: Readable): () => string {
  let text = '';
  stream.on('data', (chunk: Buffer) => {
    text = (text + chunk.toString('utf8')).slice(-4000);
  });
  return () => text;
}

/** Makes `to` a folder like `from`, of hard links where that can be. */
async function linkTree(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, copy] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) await linkTree(source, copy);
    else
      try {
        linkSync(source, copy);
      } catch {
        copyFileSync(source, copy);
      }
  }
}
