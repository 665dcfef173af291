import ssh2 from 'ssh2';
import { shortened } from '../../foreign-text.ts';
import type { SshTarget } from '../target.ts';

/**
 * The ways to log in that an SSH server offers to the account of a node: it is asked with `none` (RFC 4252, 5.2), which proves nothing
 * and sends the name of the account alone. Undefined where it does not tell. Call it only after the host key of the node was accepted.
 */
export function offeredMethods(
  { host, port, user }: Pick<SshTarget, 'host' | 'port' | 'user'>,
  ms: number,
): Promise<readonly string[] | undefined> {
  const client = new ssh2.Client();
  return new Promise((resolve) => {
    const done = (methods?: readonly string[]): void => {
      client.on('error', () => {});
      client.destroy();
      resolve(methods);
    };
    client.once('error', () => done());
    client.once('close', () => done());
    client.once('ready', () => done(['none']));
    client.connect({
      host,
      port,
      username: user,
      readyTimeout: ms,
      authHandler: (left: readonly string[] | null) => {
        if (left === null) return 'none';
        done(left.slice(0, 10).map((method) => shortened(method, 50)));
        return false;
      },
    });
  });
}
