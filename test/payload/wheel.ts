import { strToU8, zipSync } from 'fflate';
import { sha256 } from '../../src/payload/cache/files.ts';

/** A wheel of one module, and the line that locks it. */
export function aWheel(name: string, version: string, tag = 'py3-none-any', source = 'value = 1\n') {
  const info = `${name}-${version}.dist-info`;
  const files = {
    [`${name}.py`]: source,
    [`${info}/METADATA`]: `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\n`,
    [`${info}/WHEEL`]: `Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: ${tag}\n`,
  };
  const record = [...Object.keys(files), `${info}/RECORD`].map((path) => `${path},,\n`).join('');
  const entries = Object.entries({ ...files, [`${info}/RECORD`]: record }).map(([path, text]) => [
    path,
    strToU8(text),
  ]);
  const bytes = zipSync(Object.fromEntries(entries), { mtime: new Date(1980, 0, 1) });
  return {
    file: `${name}-${version}-${tag}.whl`,
    bytes,
    line: `${name}==${version} --hash=sha256:${sha256(bytes)}\n`,
  };
}
