import { type AcceptedContext, acceptContext } from '../accept/accept-context.ts';
import type { BindingLevel } from '../accept/channel-binding.ts';
import type { WinRmService } from '../service/service.ts';
import { accountNamed } from './account-named.ts';

/** Begins to know the client of a connection, by the scheme that it names; `certificate` is our own of TLS, in DER. */
export type Acceptor = (scheme: 'Negotiate' | 'Kerberos', certificate?: Buffer) => AcceptedContext;

export function acceptorOf({ node, config, accounts, faults, keytab }: WinRmService): Acceptor {
  return (scheme, certificate) => {
    const level = config.CbtHardeningLevel.toLowerCase() as BindingLevel;
    return acceptContext({
      scheme,
      computer: node.computer,
      passwordOf: ({ user }) => accountNamed(accounts, user)?.password,
      binding: { level, ...(certificate && { certificate }) },
      switches: faults().ntlm ?? {},
      ...(keytab !== undefined && { keytab }),
    });
  };
}
