import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect } from 'vitest';
import { buildMsi } from '../../../src/msi/build/build.ts';
import type { MsiModel } from '../../../src/msi/model/model.ts';
import { runInWine, serviceState } from '../../../src/sandbox/wine/prefix.ts';
import { bootedPrefix } from '../../sandbox/wine/wine.ts';

/** A Windows of its own for one case. */
export interface Machine {
  readonly prefix: string;
  /** The folder that is `C:\`. */
  readonly drive: string;
  /** Runs msiexec silently and expects its exit code. Gives its log. */
  readonly msiexec: (expected: number, ...args: readonly string[]) => Promise<string>;
  /** Builds a package into the machine and gives its path there. */
  readonly bring: (name: string, model: MsiModel) => Promise<string>;
  readonly service: (name: string) => ReturnType<typeof serviceState>;
  /** Text of a file, by its path from `C:\`; undefined where there is none. */
  readonly read: (...path: readonly string[]) => string | undefined;
  /** Files and folders below a folder of `C:\`, sorted. */
  readonly list: (...path: readonly string[]) => readonly string[];
}

const keptLogs = join(import.meta.dirname, '../../../.oriel/lifecycle');

/** Does `run` on a fresh machine. When it fails the logs of msiexec and of services stay, and the error says where. */
export async function onMachine(title: string, run: (machine: Machine) => Promise<void>): Promise<void> {
  const node = await bootedPrefix();
  const logs = join(node.drive, 'logs');
  mkdirSync(logs);
  try {
    await run(machine(node));
  } catch (error) {
    const kept = join(keptLogs, title.replace(/\W+/g, '-'));
    rmSync(kept, { recursive: true, force: true });
    cpSync(logs, kept, { recursive: true });
    const data = join(node.drive, 'ProgramData', 'example');
    if (existsSync(data)) cpSync(data, join(kept, 'data'), { recursive: true });
    if (error instanceof Error) error.message += `\nlogs: ${kept}`;
    throw error;
  } finally {
    await node.stop();
    await node.end();
  }
}

function machine({ prefix, drive }: { readonly prefix: string; readonly drive: string }): Machine {
  let count = 0;
  const at = (path: readonly string[]) => join(drive, ...path);
  return {
    prefix,
    drive,
    async msiexec(expected, ...args) {
      const name = `${++count}.log`;
      const ran = await runInWine(prefix, 'msiexec.exe', [...args, '/qn', '/l*v', `C:\\logs\\${name}`], {
        timeout: 600_000,
      });
      const path = at(['logs', name]);
      const log = existsSync(path) ? readFileSync(path, 'latin1') : '';
      expect(ran.exitCode, `msiexec ${args.join(' ')}`).toBe(expected);
      return log;
    },
    async bring(name, model) {
      await buildMsi(model, at([name]));
      return `C:\\${name}`;
    },
    service: (name) => serviceState(prefix, name),
    read: (...path) => (existsSync(at(path)) ? readFileSync(at(path), 'latin1') : undefined),
    list: (...path) =>
      existsSync(at(path))
        ? readdirSync(at(path), { recursive: true, withFileTypes: true })
            .map((entry) => relative(at(path), join(entry.parentPath, entry.name)))
            .sort()
        : [],
  };
}
