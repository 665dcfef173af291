import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { expect, it } from 'vitest';

it('says what to install where Kerberos is not there, as beside the shipped program', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'oriel-no-kerberos-'));
  try {
    const program = join(folder, 'gssapi.cjs');
    const entryPoints = ['src/session/security/kerberos/gssapi.ts'];
    await build({
      entryPoints,
      outfile: program,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      external: ['koffi'],
    });
    const script = `require(${JSON.stringify(program)}).gssapi().catch((e) => console.log(JSON.stringify({ ...e, message: e.message })))`;
    const { kind, message, remedy } = JSON.parse(
      execFileSync('node', ['-e', script], { cwd: folder }).toString(),
    );
    expect(kind).toBe('unavailable');
    expect(message).toContain("Kerberos is not available on this machine: Cannot find package 'koffi'");
    expect(remedy).toContain('npm install koffi');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
