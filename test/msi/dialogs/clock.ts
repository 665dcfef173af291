import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildMsi } from '../../../src/msi/build/build.ts';
import type { MsiModel } from '../../../src/msi/model/model.ts';
import { loadProduct } from '../../../src/product/load.ts';
import type { Walk } from './desktop.ts';

/** A package to build from examples/clock. */
interface ClockPackage {
  readonly name: string;
  readonly language?: string;
  readonly changes?: Partial<MsiModel>;
  readonly hasDialogs?: boolean;
  /** Where its last page looks for the log. */
  readonly log?: string;
}

/** Of examples/clock/product.yaml. */
export const upgradeCode = '{3D3F0A52-8C1B-4C7E-9E59-6A4B0F7C2D11}';

/** Builds packages of the clock into a folder as NAME.msi, with its program compiled. */
export async function bringClocks(target: string, ...packages: readonly ClockPackage[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'oriel-clock-'));
  cpSync('examples/clock', folder, { recursive: true });
  execFileSync('make', ['-s', '-C', folder, '-B', 'clock.exe']);
  for (const { name, language = 'en', changes = {}, hasDialogs = true, log } of packages) {
    const model = await loadProduct(join(folder, 'product.yaml'), {}, {}, language);
    const { ui: _, binaries: __, ...plain } = model;
    const properties = [...model.properties, ...knownLog(log)];
    await buildMsi({ ...(hasDialogs ? model : plain), properties, ...changes }, join(target, `${name}.msi`));
  }
  rmSync(folder, { recursive: true });
}

/** What Windows itself does and Wine does not: it tells where the log is. */
export function knownLog(path = 'C:\\setup.log'): MsiModel['properties'] {
  return [{ name: 'MsiLogFileLocation', value: path }];
}

/** Access keys by language; Enter chooses where there is none for a letter of every keyboard. */
export const keys = {
  en: { next: 'alt+n', go: 'alt+i', yes: 'alt+y' },
  de: { next: 'alt+w', go: 'alt+i', yes: 'alt+j' },
} as const;

/** Keys from each page of the clock to the next one: welcome, licence, folder, features, settings, list of changes. */
export function clockPages({ next }: { readonly next: string }): readonly (readonly string[])[] {
  return [[next], ['space', next], [next], [next], [next]];
}

/** Goes through pages, with a picture of each. */
export async function forward(walk: Walk, turns: readonly (readonly string[])[]): Promise<void> {
  walk.shown('0');
  for (const [i, turn] of turns.entries()) {
    await walk.turn(...turn);
    walk.shown(String(i + 1));
  }
}
