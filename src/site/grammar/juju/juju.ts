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
  .strictObject({ units: z.int().min(1).default(1).describe('Number of units') })
  .describe('An application, by its name');

/** What `oriel charm build` makes of a site. */
export const juju = z.strictObject({
  flavour,
  applications: namedMap(application).default({}).describe('Applications of a bundle, by name'),
  relations: z
    .record(z.string().min(1), line)
    .default({})
    .describe('Application that is related to, by endpoint of the charm: `shared-db: mysql-innodb-cluster`'),
});
