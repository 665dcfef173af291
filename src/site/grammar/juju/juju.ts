import { z } from 'zod';
import { line, namedMap, words } from '../../values/text.ts';

const flavour = z
  .enum(
    ['proxy', 'native'],
    words(
      'must be proxy or native',
      'proxy: on an Ubuntu machine that manages Windows nodes; native: on Windows machines of Juju 2.9. There is no subordinate or machine charm',
    ),
  )
  .default('proxy')
  .describe(
    'Where the charm runs: `proxy`, on an Ubuntu machine that manages the nodes; `native`, on Windows machines, which only Juju 2.9 has',
  );

const application = z
  .strictObject({
    charm: line
      .optional()
      .describe(
        'Name of a charm in the store. Default: the charm of the component of that name, or the store charm',
      ),
    channel: line.optional().describe('Channel of a charm in the store'),
    units: z.int().min(1).default(1).describe('Number of units'),
    constraints: line.optional().describe('Constraints of its machines: `mem=4G cores=2`'),
    to: z
      .array(line)
      .optional()
      .describe(
        'Where units go: a machine of the bundle (`0`), a container on it (`lxd:0`), one for each unit',
      ),
    options: z
      .record(z.string().min(1), z.union([z.string(), z.number(), z.boolean()]))
      .default({})
      .describe('Options of the charm, over those that come from this file'),
    expose: z.boolean().default(false).describe('Whether clients outside the model reach it'),
  })
  .describe('An application, by its name');

/** What `oriel charm build` and `oriel bundle` make of a site. */
export const juju = z.strictObject({
  flavour,
  version: z
    .enum(['2.9', '3'], words('must be "2.9" or "3"', 'in quotes; Juju 4 takes what is made for 3'))
    .optional()
    .describe(
      'Juju that the bundle is for: `2.9` has series, `3` and later have bases. Default: 3; 2.9 for native',
    ),
  space: line.optional().describe('Network space of all endpoints. Default: that of the model'),
  applications: namedMap(application)
    .default({})
    .describe('Applications by name: those of components, and others that they relate to'),
  relations: z
    .record(z.string().min(1), line)
    .default({})
    .describe('Application that is related to, by endpoint of the charm: `shared-db: mysql-innodb-cluster`'),
});
