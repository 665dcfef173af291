import { z } from 'zod';
import {
  duration,
  httpUrl,
  line,
  name,
  namedMap,
  optionGroups,
  optionValue,
  pathGrammar,
  port,
  secret,
  windowsPath,
  words,
} from '../../../site/values/text.ts';
import { belowRoot } from '../../../windows-root.ts';
import { isOwnFile } from './brought-files.ts';
import { tasks } from './tasks-grammar.ts';

const workers = words('must be 1 to 60', 'each is a process; Windows waits for at most 64 handles at a time');

const service = z.strictObject({
  account: line
    .default('LocalSystem')
    .describe('LocalSystem, NetworkService, a group managed service account or a user'),
  password: secret.optional().describe('Password of a user account'),
  groups: z
    .array(line)
    .default([])
    .describe('Local groups of each node that the account is made a member of'),
  recovery: z
    .enum(['restart', 'none'])
    .default('restart')
    .describe('Action of Windows when the service fails: restart it after 10 s, 60 s, and then every 5 min'),
  drain: duration
    .prefault('60s')
    .describe('How long uploads and downloads in flight may go on when the service is stopped'),
});

/** Who signs the certificate of a server. */
const authority = z.strictObject({
  file: pathGrammar('file').describe('Certificates in PEM, from the folder of the site file'),
});

const database = z.strictObject({
  connection: line.describe(
    'SQLAlchemy URL without the password: mysql+pymysql://user@host/name?charset=utf8, or sqlite:///C:/folder/file for one node',
  ),
  password: secret.optional().describe('Password of the user in the URL'),
  ca: authority
    .optional()
    .describe('Who signs the certificate of the database server; with it the connection is encrypted'),
  sync: z.boolean().default(true).describe('Whether oriel updates the schema before the service starts'),
  dump: z
    .array(line)
    .min(1, words('must name a program'))
    .optional()
    .describe(
      'Program and arguments that save the database before its schema is changed, run where oriel runs; {deployment}, {release} and {time} are filled in',
    ),
});

const admin = z.strictObject({
  username: line.default('admin').describe('Administrator of the identity service'),
  password: secret.describe('Password of the administrator'),
  project: line.default('admin').describe('Project of the administrator'),
  user_domain: line.default('Default').describe('Domain of the administrator'),
  project_domain: line.default('Default').describe('Domain of that project'),
});

const keystone = z.strictObject({
  auth_url: httpUrl.describe('Identity service: https://host/v3'),
  username: line.default('glance').describe('User that checks tokens'),
  password: secret.describe('Password of that user'),
  project: line.default('service').describe('Project of that user'),
  user_domain: line.default('Default').describe('Domain of the user'),
  project_domain: line.default('Default').describe('Domain of the project'),
  region: line
    .optional()
    .describe(
      'Region of the endpoints, and the one in which the middleware looks for the identity service. Default: RegionOne for the endpoints, and any for the identity service',
    ),
  ca: authority
    .optional()
    .describe('Who signs the certificate of the identity service, where Windows and Python do not know it'),
  admin: admin
    .optional()
    .describe(
      'Administrator who creates the user above and adds the image service to the catalogue; without it oriel touches neither',
    ),
});

const store = z
  .strictObject({
    type: z
      .enum(['file', 'http', 'cinder', 'rbd', 's3', 'swift', 'vmware'])
      .default('file')
      .describe('Glance store type'),
    share: name.optional().describe('Share of storage.shares that holds the images of a file store'),
    default: z
      .boolean()
      .optional()
      .describe('Whether new images go here; exactly one store is the default, a single one by itself'),
    options: z
      .record(z.string().min(1), optionValue)
      .default({})
      .describe('Options of this store, by the name Glance gives them'),
  })
  .describe('A store, by its name');

/** Glance keeps the name of a store with every image in it, so one that is there already must be possible. */
const storeName = z
  .string()
  .regex(
    /^[A-Za-z][A-Za-z0-9_.-]{0,39}$/,
    words('must be the name of a store: a letter, then letters, digits, `.`, `-` and `_`, 40 at most'),
  );

const fileName = z
  .string()
  .regex(
    /^[A-Za-z0-9]([A-Za-z0-9_.-]{0,62}[A-Za-z0-9_-])?$/,
    words('must be the name of a file: letters, digits, `.`, `-` and `_`'),
  )
  .refine((name) => !isOwnFile(name), words('is the name of a file that oriel writes', 'take another one'));

const broughtFile = z
  .strictObject({
    file: pathGrammar('file').describe('Text in UTF-8, from the folder of the site file'),
    secret: z
      .boolean()
      .default(false)
      .describe('Whether nobody may see its content: no plan, difference or rendered file shows it'),
  })
  .describe('A file, by its name on the nodes');

export const glanceGrammar = z
  .strictObject({
    features: z
      .array(z.enum(['api', 'scrubber', 'cache-maintenance']))
      .default(['api'])
      .describe('Programs that run on each node'),
    workers: z.int().min(1, workers).max(60, workers).default(2).describe('API processes on each node'),
    bind: z
      .strictObject({
        host: line.default('0.0.0.0').describe('Address to listen on; node: the address of each node'),
        port: port.default(9292).describe('Port to listen on'),
        firewall: z
          .boolean()
          .default(true)
          .describe('Whether a rule of the Windows firewall lets clients reach the port'),
      })
      .prefault({})
      .describe('Where the API listens'),
    public_endpoint: httpUrl
      .optional()
      .describe('URL by which users reach the API, for links in its answers'),
    service: service.prefault({}).describe('The Windows service'),
    database: database.describe('The image database'),
    metadefs: z
      .boolean()
      .default(true)
      .describe(
        'Whether the metadata definitions that Glance ships are loaded into a database that has none; needs database.sync',
      ),
    keystone: keystone
      .optional()
      .describe(
        'The identity service; without it every caller is an administrator (isolated test deployments only)',
      ),
    stores: z
      .record(storeName, store)
      .default({})
      .describe('Image stores, by name. Default: one on the only share, with its name'),
    staging: windowsPath
      .default(belowRoot('staging'))
      .describe('Folder on each node for uploads that are still to be imported'),
    tasks,
    property_protections: z
      .strictObject({ file: pathGrammar('file').describe('Rules file, from the folder of the site file') })
      .optional()
      .describe('Who may see and change which image properties'),
    policy: z
      .strictObject({
        file: pathGrammar('file').describe('policy.yaml of oslo.policy, from the folder of the site file'),
      })
      .optional()
      .describe('Who may do what'),
    files: z
      .record(fileName, broughtFile)
      .optional()
      .describe(
        'Files that options name as `{ file: NAME }`: certificates, keys, settings of logging. They are brought to each node, and the services restart when one changes',
      ),
    options: optionGroups
      .default({})
      .describe('Any option of the release, by group and name; checked against its catalogue'),
    node_options: namedMap(optionGroups)
      .optional()
      .describe(
        'Options of one node alone, by its name, then by group and name; over `options`, and checked alike',
      ),
    extra: optionGroups.default({}).describe('Verbatim groups and options that no catalogue knows'),
  })
  .describe('OpenStack image service');
