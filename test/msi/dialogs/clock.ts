import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildMsi } from '../../../src/msi/build/build.ts';
import type { MsiModel } from '../../../src/msi/model/model.ts';
import { loadProduct } from '../../../src/product/load.ts';

/** A copy of examples/clock with its program compiled. */
export function clockFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'oriel-clock-'));
  cpSync('examples/clock', folder, { recursive: true });
  execFileSync('make', ['-s', '-C', folder, '-B', 'clock.exe']);
  return folder;
}

/** What Windows itself does and Wine does not: it tells where the log is. */
const log = { name: 'MsiLogFileLocation', value: 'C:\\setup.log' };

/** Builds the clock in a language into a file. */
export async function buildClock(
  folder: string,
  file: string,
  language = 'en',
  changes: Partial<MsiModel> = {},
  hasDialogs = true,
): Promise<void> {
  const model = await loadProduct(join(folder, 'product.yaml'), {}, {}, language);
  const { ui: _, binaries: __, ...plain } = model;
  await buildMsi(
    { ...(hasDialogs ? model : plain), properties: [...model.properties, log], ...changes },
    file,
  );
}
