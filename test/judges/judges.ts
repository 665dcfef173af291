import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

/** The programs of each list; without a name, those for Windows. */
const programs = {
  '': 'pyspnego, pypsrp, pywinrm and smbprotocol',
  charms: 'charmcraft and charm-tools',
} as const;

/** Python with the packages of a list beside this file, made once (scripts/judges.sh); else why it cannot be had. */
export function judgesPython(
  list: keyof typeof programs = '',
): { readonly python: string } | { readonly missing: string } {
  try {
    const words = list === '' ? [] : [list];
    execFileSync(join(root, 'scripts', 'judges.sh'), words, {
      cwd: root,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    return { python: join(root, '.oriel', ['judges', ...words].join('-'), 'bin', 'python') };
  } catch (error) {
    const { stderr } = error as { stderr?: Buffer };
    const [line = ''] = String(stderr ?? error)
      .trim()
      .split('\n')
      .slice(-1);
    return { missing: `${programs[list]} cannot be had: ${line}` };
  }
}

/** Why pyspnego has no Kerberos; undefined where it has. */
export function missingKerberos(python: string): string | undefined {
  try {
    execFileSync(python, ['-c', 'import gssapi, krb5'], { stdio: 'ignore' });
    return undefined;
  } catch {
    return 'python3-gssapi is not there (apt-get install python3-gssapi)';
  }
}
