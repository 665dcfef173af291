import ssh2, { type Connection } from 'ssh2';
import type { FaultSwitches } from '../node/faults.ts';
import { makeKeyPair } from './key-pair.ts';

/** Gives the SSH server that a new connection comes to, as the faults that are on want it. */
export type ChooseServer = (faults: FaultSwitches) => ssh2.Server;

/** Key exchange by a group of 1024 bits: OpenSSH and ssh2 offer it no longer. */
const old = { kex: ['diffie-hellman-group1-sha1'] } as unknown as ssh2.Algorithms;

/** The servers of a node: the usual one, and those that faults put in its place. None listens: each is given its connections. */
export function sshServers(hostKey: string, serve: (connection: Connection) => void): ChooseServer {
  const ident = 'OpenSSH_for_Windows_9.5 stand-in';
  const usual = new ssh2.Server({ hostKeys: [hostKey], ident }, serve);
  let other: ssh2.Server | undefined;
  return ({ isOn }) => {
    if (isOn('old-ssh')) return new ssh2.Server({ hostKeys: [hostKey], ident, algorithms: old }, serve);
    if (!isOn('host-key-changed')) return usual;
    other ??= new ssh2.Server({ hostKeys: [makeKeyPair('another').private], ident }, serve);
    return other;
  };
}
