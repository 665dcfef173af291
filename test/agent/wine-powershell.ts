import { copyFileSync, linkSync } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheDirectory } from '../../src/payload/cache/cache.ts';
import { serveModel } from '../../src/sandbox/powershell/model/server.ts';
import { installModules } from '../../src/sandbox/powershell/modules.ts';
import { startPowerShell } from '../../src/sandbox/powershell/start.ts';
import { wineBacking } from '../../src/sandbox/wine/backing.ts';
import { whyNoWine, wineAvailable } from '../../src/sandbox/wine/prefix.ts';
import { aStandIn } from '../sandbox/stand-ins.ts';
import type { PowerShell } from './real-agent.ts';

/** The folder of PowerShell for Windows that the tests were given. */
const given = process.env.ORIEL_POWERSHELL;

/** Why no PowerShell for Windows runs in Wine here; undefined: it does. */
export async function whyNoWinePowerShell(): Promise<string | undefined> {
  if (!given) return 'ORIEL_POWERSHELL names no folder of PowerShell for Windows';
  return (await wineAvailable()) ? undefined : whyNoWine;
}

export interface WinePowerShell extends PowerShell {
  readonly prefix: string;
  /** Ends the Windows with all that runs in it. */
  readonly stop: () => Promise<void>;
}

/** A Windows in Wine in `folder` with PowerShell in it, as the sandbox makes its nodes. */
export async function winePowerShell(folder: string): Promise<WinePowerShell> {
  const prefix = join(folder, 'prefix');
  const backing = await wineBacking({ root: prefix, isNew: true, shares: [] }, cacheDirectory(), () => {});
  await linkTree(given ?? '', join(prefix, 'drive_c/Program Files/PowerShell/7'));
  await installModules(prefix);
  const model = await serveModel({ ...aStandIn(backing), powerShell: { prefix, environment: {} } });
  const stop = async (): Promise<void> => {
    await model.close();
    await backing.close();
  };
  const start: PowerShell['start'] = async (args, more = {}) => {
    const environment = { ...model.environment, ...more };
    const { input, output, words, exitCode } = await startPowerShell(prefix, args, { environment });
    return { input, output, words, ended: exitCode };
  };
  return { title: 'PowerShell for Windows in Wine', isWindows: true, prefix, start, stop };
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
