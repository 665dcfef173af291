import { isIPv4, isIPv6 } from 'node:net';
import { z } from 'zod';
import {
  duration,
  line,
  localPath,
  namedMap,
  namePattern,
  pathGrammar,
  port,
  secret,
  size,
  words,
} from '../values/text.ts';
import { psremoting } from './ways/psremoting.ts';
import { winrmSettings } from './winrm.ts';

/** Labels as RFC 1123 has them, and the underscore that Windows allows; what has numbers alone is an address, and four of them. */
function isAddress(text: string): boolean {
  if (text.includes(':')) return isIPv6(text);
  if (/^[\d.]+$/.test(text)) return isIPv4(text);
  return /^(?!-)[\w-]{1,63}(?<!-)(\.(?!-)[\w-]{1,63}(?<!-))*\.?$/.test(text);
}

export const address = line
  .regex(
    /^[A-Za-z0-9._:%-]+$/,
    words('must be a host name or an IP address', 'without scheme, port, brackets and user'),
  )
  .refine(
    (text) => !/^[A-Za-z0-9._:%-]+$/.test(text) || isAddress(text),
    words(
      'must be a host name or an IP address',
      'without scheme, port, brackets and user; key `port` has the port',
    ),
  )
  .describe('Host name or IP address');

const featureName = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/,
    words('must be the name of a Windows feature', 'Get-WindowsFeature lists them: Failover-Clustering'),
  );

const certificate = z
  .strictObject({
    file: pathGrammar('file').describe(
      'Certificate in PEM or DER, or a PFX with its private key; from the folder of the site file',
    ),
    password: secret.optional().describe('Password of a PFX; a file without is a certificate alone'),
    store: z
      .enum(['My', 'Root', 'CA', 'TrustedPeople', 'TrustedPublisher'])
      .default('My')
      .describe('Store of the computer: My for its own, Root for issuers that it trusts'),
    readers: z
      .array(line)
      .optional()
      .describe(
        'Accounts that may read the private key, beside SYSTEM and Administrators. Default: the account of the service',
      ),
  })
  .describe('A certificate, by its name');

const fingerprint = line
  .regex(
    /^(SHA256:[A-Za-z0-9+/]{43}|[0-9A-Fa-f]{2}(:?[0-9A-Fa-f]{2}){31})$/,
    words(
      'must be the SHA-256 fingerprint of a host key or of a certificate',
      '`ssh-keygen -lf` prints it: SHA256:...; that of a certificate has 64 hexadecimal digits',
    ),
  )
  .optional()
  .describe(
    'What the node has to show, and nothing else counts. `via: ssh`: its host key, SHA256:...; `via: winrm`: its certificate, SHA-256 in hexadecimal digits',
  );

/** How a node is reached. */
const connection = {
  via: z
    .enum(['ssh', 'winrm', 'psremoting', 'local', 'recorded'])
    .optional()
    .describe('How the node is reached; local: it is the one that oriel runs on. Default: ssh'),
  file: localPath.optional().describe('Record that answers in place of the node, where it is recorded'),
  port: port
    .optional()
    .describe('Port of the remote shell. Default: 22; of WinRM 5986, and 5985 with `scheme: http`'),
  user: line.optional().describe('Account to log in with. Default: Administrator'),
  identity: localPath.optional().describe('Private key file. Default: the SSH agent'),
  fingerprint,
  ssh_config: pathGrammar('file', { words: ['none'] })
    .optional()
    .describe(
      'SSH configuration that says what the site does not (port, user, keys, jump hosts, known hosts), or none. Default: ~/.ssh/config',
    ),
  password: secret.optional().describe('Password to log in with'),
  known_hosts: localPath.optional().describe('File of known host keys. Default: ~/.ssh/known_hosts'),
  ...winrmSettings,
  powershell: localPath
    .optional()
    .describe(
      'Program that runs the agent, with `via: local`. Default: Windows PowerShell, and pwsh where there is none',
    ),
  psremoting: psremoting.optional(),
  start_timeout: duration
    .optional()
    .describe(
      'How long PowerShell may take to start on the node, and the agent in it once more. Default: 2m',
    ),
};

const settings = (roles: readonly NodeRole[], standard: string) => ({
  ...connection,
  roles: z
    .array(z.enum(roles.map(({ name }) => name)))
    .min(1, words('must name a role'))
    .optional()
    .describe(
      `Purpose of the node: ${roles.map(({ description }) => description).join(', ')}. Default: ${standard}`,
    ),
  certificates: namedMap(certificate).optional().describe('Certificates in stores of the computer, by name'),
  windows_features: z
    .array(featureName)
    .optional()
    .describe(
      'Roles and features of Windows Server that oriel installs first, as Get-WindowsFeature names them',
    ),
});

/** What a node can be for. */
export interface NodeRole {
  readonly name: string;
  /** Ends `Purpose of the node: ...`: `to tell the time`. */
  readonly description: string;
}

/** The role of nodes of a file server: they make shares and tell of them. All other roles are brought by components. */
export const storageRole: NodeRole = {
  name: 'storage',
  description: 'to make shares and to be asked about them',
};

/** `nodes` of a site whose components bring these roles. */
export function nodesWithRoles(own: readonly NodeRole[]) {
  const [only, ...others] = own;
  const standard = only && others.length === 0 ? `[${only.name}]` : 'those of the components of the site';
  const all = settings([...own, storageRole], standard);
  return z
    .object({
      defaults: z.strictObject(all).optional().describe('Settings of every node that does not say otherwise'),
    })
    .catchall(z.strictObject({ address, ...all }).describe('A node, by its name'))
    .describe('The Windows nodes, by name')
    .meta({ propertyNames: { pattern: namePattern.source } });
}

const serialWords = words('must be a number of nodes or a percentage of them', '1 or 20%');

const program = z.array(line).min(1, words('must name a program'));
const hostPort = line.regex(/^[^:\s]+:\d{1,5}$/, words('must be HOST:PORT', '127.0.0.1:9999'));

const drain = z
  .strictObject({
    timeout: duration
      .prefault('60s')
      .describe('How long a node may take to become idle, and to be sent to again'),
    haproxy: z
      .strictObject({
        socket: localPath.optional().describe('Unix socket of the runtime API, of level admin'),
        address: hostPort.optional().describe('The same over TCP: HOST:PORT'),
        via: program
          .optional()
          .describe(
            'Program that speaks it on its standard streams: [ssh, lb-1, socat, stdio, /run/haproxy/admin.sock]',
          ),
        backend: line.regex(/^[\w.:-]+$/).describe('Backend that sends to the nodes'),
        server: line
          .regex(/^[\w.:{}-]+$/)
          .default('{node}')
          .describe('Name of a node there; {node} and {address} are filled in'),
      })
      .optional()
      .describe('HAProxy by its runtime API; one of socket, address and via'),
    command: program
      .optional()
      .describe('Program and arguments; {action} is drain or ready, {node} and {address} are filled in'),
    keepalived: z
      .strictObject({
        via: z.array(line).default([]).describe('Program before `tee`: [ssh, lb-1]. Default: this machine'),
        track_file: line.describe(
          'File that a FILE_CHECK of the node tracks; {node} and {address} are filled in',
        ),
        out: line.default('-254').describe('Its content while the node is drained'),
        back: line.default('0').describe('Its content otherwise'),
      })
      .optional()
      .describe('keepalived by a file that it tracks'),
  })
  .describe(
    'How a node is taken out of the load balancer before it is changed: one of haproxy, command and keepalived',
  );

export const rollout = z
  .strictObject({
    serial: z
      .union([z.int().min(1, serialWords), z.string().regex(/^([1-9]\d?|100)%$/, serialWords)], serialWords)
      .default(1)
      .describe('How many nodes are changed at a time'),
    canary: z.boolean().default(true).describe('Whether the first of the nodes to change is changed alone'),
    max_failures: z
      .int()
      .min(0, words('must not be negative'))
      .default(0)
      .describe('How many nodes may fail before oriel stops'),
    settle: duration
      .prefault('5s')
      .describe('How long a changed node has to stay healthy before the next ones are changed'),
    on_failure: z
      .enum(['stop', 'rollback'])
      .default('stop')
      .describe('Whether the nodes that were changed stay as they are when one is not healthy, or go back'),
    reboot: z
      .enum(['never', 'when-needed'])
      .default('never')
      .describe(
        'Whether oriel restarts a node that waits for a restart of Windows, drained and one after another; never nodes that create shares',
      ),
    drain: drain.optional(),
    health: z
      .strictObject({
        http: z
          .string()
          .regex(
            /^\/[^\s]*$/,
            words('must be a path that begins with /', 'the host is the address of each node'),
          )
          .default('/healthcheck')
          .describe('Path that has to answer 200'),
        upload: size
          .optional()
          .describe(
            'Size of an image that is stored and read back through each changed node. Default: none; 8MiB for `oriel verify`',
          ),
      })
      .prefault({})
      .describe('When a node counts as healthy'),
  })
  .prefault({})
  .describe('In which order and how carefully nodes are changed');
