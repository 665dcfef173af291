import type { Reference } from '../model/reference.ts';
import type { ServiceWorkers } from './resource.ts';

export const serviceWorkersReference: Reference<ServiceWorkers> = {
  about:
    'How many worker processes a service has. It is observed and never changed, as a worker that ended is started again by its parent.',
  spec: {
    name: 'name of the service',
    workers: 'how many processes have to serve',
    wait: 'seconds that they may take to be there',
  },
  observed: { workers: 'how many there are' },
  examples: [{ name: 'oriel-clock', workers: 2, wait: 180 }],
};
