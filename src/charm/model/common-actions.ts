import type { CharmAction, CharmParameter } from './charm.ts';

const nodes: { readonly nodes: CharmParameter } = {
  nodes: { type: 'string', description: 'Names of nodes, separated by commas. Default: all of the unit' },
};

/** Every charm has these; a native charm has one node. */
export const commonActions: { readonly [name: string]: CharmAction } = {
  verify: {
    description: 'Run the checks and report each with its verdict',
    parameters: {
      ...nodes,
      'size-mib': {
        type: 'integer',
        description: 'Size of the data that a check moves, in MiB',
        default: 8,
        minimum: 1,
        maximum: 4096,
      },
    },
  },
  drain: {
    description: 'Take nodes out of the load balancer and let requests in flight end',
    parameters: nodes,
  },
  resume: { description: 'Undo drain and pause: start the services and serve again', parameters: nodes },
  pause: { description: 'Stop the services; hooks leave them stopped until resume' },
  'restart-services': { description: 'Restart the services, one node after the other', parameters: nodes },
  'openstack-upgrade': {
    description: 'Install the release of openstack-version, where action-managed-upgrade is true',
  },
  rollback: {
    description: 'Return nodes to the package and configuration they had before the last change',
    parameters: nodes,
  },
  'show-config': {
    description: 'Show the site file that the charm has composed and the rendered files, without secrets',
    parameters: nodes,
  },
  'collect-logs': {
    description: 'Gather logs of services and runs into an archive on the unit, without secrets',
    parameters: nodes,
  },
};
