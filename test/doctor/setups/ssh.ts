import { join } from 'node:path';
import { Secret } from '../../../src/secret.ts';
import type { Setup } from './setup.ts';

const aPassword = new Secret('login', 'not let in');

/** What can be wrong on the way to a node that is reached over SSH. */
export const sshSetups: readonly Setup[] = [
  {
    name: 'a name that does not resolve',
    settings: () => ({ address: 'no-such-node.invalid' }),
    layer: 'name',
    message: /no-such-node\.invalid/,
    cause: /misspelt|name servers/,
    remedy: /DNS|address/,
  },
  {
    name: 'nothing listens on the port',
    fault: 'ssh-away',
    layer: 'port',
    message: /127\.0\.0\.1 refuses/,
    cause: /does not run or listens on another port, or a firewall/,
    remedy: /node prepare/,
  },
  {
    name: 'a forwarder before a node that is away',
    fault: 'ssh-mute',
    greeting: 500,
    layer: 'greeting',
    message: /takes the connection and says nothing/,
    cause: /forwarder .* or sshd hangs/,
    remedy: /open port behind a forwarder proves nothing/,
  },
  {
    name: 'sshd that closes each connection',
    fault: 'ssh-closes',
    layer: 'greeting',
    message: /closes it without a word/,
    cause: /MaxStartups/,
    remedy: /log of sshd/,
  },
  {
    name: 'another service on the port',
    fault: 'ssh-is-http',
    layer: 'greeting',
    message: /is not SSH: it says HTTP\/1\.1 400 Bad Request/,
    cause: /Another service has the port/,
    remedy: /`port`/,
  },
  {
    name: 'encryption of a time that is over',
    fault: 'old-ssh',
    layer: 'host-key',
    message: /no matching key exchange algorithm/,
    cause: /no common encryption/,
    remedy: /sshd/,
  },
  {
    name: 'a host key that is not the recorded one',
    fault: 'host-key-changed',
    layer: 'host-key',
    message: /HAS CHANGED/,
    cause: /installed anew, or another machine/,
    remedy: /ssh-keygen -R/,
  },
  {
    name: 'a host key that is not recorded',
    settings: (folder) => ({ knownHosts: join(folder, 'empty') }),
    layer: 'host-key',
    message: /is not known/,
    cause: /the file has none/,
    remedy: /ssh-keyscan/,
  },
  {
    name: 'a server on the way that is away',
    settings: (folder) => ({ sshConfig: join(folder, 'ssh_config') }),
    layer: 'host-key',
    message: /no SSH connection to localhost:1 \(on the way to the node\)/,
    cause: /server on the way cannot be reached/,
    remedy: /sshd/,
  },
  {
    name: 'a private key that is encrypted',
    settings: (folder) => ({ identity: join(folder, 'encrypted') }),
    layer: 'authentication',
    message: /is encrypted/,
    cause: /Nothing was sent/,
    remedy: /ssh-add/,
  },
  {
    name: 'a key that is not let in',
    fault: 'login-refused',
    layer: 'authentication',
    message: /does not let oriel in with the key .*; it offers publickey/,
    cause: /does not say which: the key is not among those .* may be read by others .* disabled/,
    remedy: /administrators_authorized_keys/,
  },
  {
    name: 'a server that takes passwords alone',
    fault: 'passwords-only',
    layer: 'authentication',
    message: /it offers password$/,
    cause: /does not take keys/,
    remedy: /`password`/,
  },
  {
    name: 'a password where keys alone are taken',
    settings: () => ({ identity: undefined as never, password: aPassword }),
    layer: 'authentication',
    message: /with the password of the site file; it offers publickey/,
    cause: /does not take passwords/,
    remedy: /`identity`/,
  },
];
