import { z } from 'zod';
import { duration, line, localPath, namePattern, port, secret, size, words } from './text.ts';

const address = line
  .regex(
    /^[A-Za-z0-9._:%-]+$/,
    words('must be a host name or an IP address', 'without scheme, port, brackets and user'),
  )
  .describe('Host name or IP address');

const settings = {
  via: z
    .enum(['ssh', 'winrm', 'psremoting', 'local', 'sandbox', 'recorded'])
    .optional()
    .describe('How the node is reached. Default: ssh'),
  port: port.optional().describe('Port of the remote shell. Default: 22'),
  user: line.optional().describe('Account to log in with. Default: Administrator'),
  identity: localPath.optional().describe('Private key file. Default: the SSH agent'),
  password: secret.optional().describe('Password to log in with'),
  known_hosts: localPath.optional().describe('File of known host keys. Default: ~/.ssh/known_hosts'),
  roles: z
    .array(z.enum(['glance', 'storage']))
    .min(1, words('must name a role'))
    .optional()
    .describe('What the node is for. Default: [glance]'),
};

const node = z.strictObject({ address, ...settings }).describe('A node, by its name');

export const nodes = z
  .object({
    defaults: z
      .strictObject(settings)
      .optional()
      .describe('Settings of every node that does not say otherwise'),
  })
  .catchall(node)
  .describe('The Windows nodes, by name')
  .meta({ propertyNames: { pattern: namePattern.source } });

const serialWords = words('must be a number of nodes or a percentage of them', '1 or 20%');

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
      .describe('How many nodes may fail before the rest is left alone'),
    settle: duration
      .default('5s')
      .describe('How long a changed node has to stay healthy before the next ones are changed'),
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
