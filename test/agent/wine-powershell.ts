import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { cacheDirectory } from '../../src/payload/cache/cache.ts';
import { nodeFolder } from '../../src/sandbox/node/node-folder.ts';
import { startNodePowerShell } from '../../src/sandbox/powershell/model/node.ts';
import { preparePowerShell } from '../../src/sandbox/powershell/package/copy.ts';
import { startPowerShell } from '../../src/sandbox/powershell/start.ts';
import { wineBacking } from '../../src/sandbox/wine/backing.ts';
import { whyNoWine, wineAvailable } from '../../src/sandbox/wine/prefix.ts';
import { aStandIn } from '../sandbox/stand-ins.ts';
import { notesFolder } from './lines/noted.ts';
import type { PowerShell } from './real-agent.ts';
import { type ReplacementUses, replacementUses } from './replacement-uses.ts';

const noted = 'C:\\windows\\temp\\oriel-lines.txt';

/** The folder of PowerShell for Windows that the tests were given. */
const given = process.env.ORIEL_POWERSHELL;

/** Why no PowerShell for Windows runs in Wine here; undefined: it does. */
export async function whyNoWinePowerShell(): Promise<string | undefined> {
  if (!given) return 'ORIEL_POWERSHELL names no folder of PowerShell for Windows';
  return (await wineAvailable()) ? undefined : whyNoWine;
}

export interface WinePowerShell extends Omit<PowerShell, 'sourceLine'>, ReplacementUses {
  readonly prefix: string;
  /** Ends the Windows with all that runs in it. */
  readonly stop: () => Promise<void>;
}

/** A node with PowerShell in `folder`, as the sandbox makes it. */
export async function winePowerShell(folder: string): Promise<WinePowerShell> {
  const place = await nodeFolder(folder, 'glance-1', 'wine', []);
  const backing = await wineBacking(place, cacheDirectory(), () => {}, 'all');
  const copy = await preparePowerShell(given ?? '', cacheDirectory());
  const { powerShell, close } = await startNodePowerShell(copy, aStandIn(backing), place);
  const { prefix } = powerShell;
  const start: PowerShell['start'] = async (args, more = {}) => {
    const environment = { ...powerShell.environment, ...more };
    const { input, output, words, exitCode } = await startPowerShell(prefix, args, { environment });
    return { input, output, words, ended: exitCode };
  };
  const stop = async (): Promise<void> => {
    await close();
    await backing.close();
    const notes = join(prefix, 'drive_c', ...noted.slice(3).split('\\'));
    if (notesFolder && existsSync(notes)) copyFileSync(notes, join(notesFolder, `wine-${process.pid}.txt`));
  };
  const title = 'PowerShell for Windows in Wine';
  return {
    title,
    isWindows: true,
    prefix,
    start,
    ...replacementUses(prefix),
    ...(notesFolder && { noted }),
    stop,
  };
}
