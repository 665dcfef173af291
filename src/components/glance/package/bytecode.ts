import { join } from 'node:path';
import { dataFile } from '../../../data-files.ts';
import type { Emit } from '../../../events/events.ts';
import type { MsiFile } from '../../../msi/model/model.ts';
import { listFiles } from '../../../payload/cache/files.ts';
import { compileFolder } from '../../../payload/python/bytecode.ts';
import type { PayloadInputs } from '../../../payload/resolve.ts';

/** Bytecode of the launcher's modules, in the folder `target`; none where this machine has no Python of the payload's minor version. */
export async function launcherBytecode(
  { compiler, inputs }: Pick<PayloadInputs, 'compiler' | 'inputs'>,
  target: string,
  emit: Emit,
): Promise<readonly MsiFile[]> {
  if (!compiler) return [];
  const root = dataFile('msi', 'launcher');
  // The script on top is read as text whatever lies beside it.
  const modules = (await listFiles(root)).filter((path) => path.endsWith('.py') && path.includes('/'));
  const place = { root, name: 'launcher', modules, target };
  const compiled = await compileFolder({ compiler, minor: inputs.python, ...place, emit });
  return compiled.map((path) => ({ source: join(target, path), target: path }));
}
