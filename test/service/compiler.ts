import { execFileSync } from 'node:child_process';

/** Whether the compiler is there that made the committed programs: another version gives other bytes. */
export const hasCompiler = versionOf('x86_64-w64-mingw32-gcc').startsWith('12');
export const hasAnyCompiler = versionOf('x86_64-w64-mingw32-gcc') !== '';
export const hasNativeCompiler = versionOf('gcc') !== '';

function versionOf(compiler: string): string {
  try {
    return execFileSync(compiler, ['-dumpversion'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return '';
  }
}
