import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

/** Python with the packages of `requirements.txt` beside this file, made once (scripts/judges.sh); else why it cannot be had. */
export function judgesPython(): { readonly python: string } | { readonly missing: string } {
  try {
    execFileSync(join(root, 'scripts', 'judges.sh'), { cwd: root, stdio: ['ignore', 'ignore', 'pipe'] });
    return { python: join(root, '.oriel', 'judges', 'bin', 'python') };
  } catch (error) {
    const { stderr } = error as { stderr?: Buffer };
    const [line = ''] = String(stderr ?? error)
      .trim()
      .split('\n')
      .slice(-1);
    return { missing: `pyspnego, pypsrp, pywinrm and smbprotocol cannot be had: ${line}` };
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
