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
    units: z.int().min(1).optional().describe('Number of units. Default: what each overlay needs'),
    constraints: line
      .optional()
      .describe('What its machines have: `mem=4G cores=2`. Default: `arch=amd64 mem=2G`'),
    space: line.optional().describe('Space of its endpoints. Default: `alpha`, which every model has'),
    channel: line.optional().describe('Channel of a charm of the store, as `8.0/stable`'),
  })
  .describe('An application, by its name');

/** What `oriel charm build` and `oriel bundle build` make of a site. */
export const juju = z.strictObject({
  flavour,
  applications: namedMap(application)
    .default({})
    .describe('Applications of the bundle and its overlays, by name: `mysql-innodb-cluster: { units: 5 }`'),
  relations: z
    .record(z.string().min(1), line)
    .default({})
    .describe(
      'What is related to, by endpoint of the charm: an application of the bundle (`amqp: rabbitmq-server`) or the URL of an offer (`shared-db: admin/openstack.mysql`)',
    ),
});
