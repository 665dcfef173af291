import type { AgentResults } from '../../session/agent-link/agent-calls.ts';
import type { Resource } from '../model/resource.ts';

export interface ServiceWorkers {
  /** Name of the service. */
  readonly name: string;
  /** How many processes have to serve. */
  readonly workers: number;
  /** Seconds that they may take to be there. */
  readonly wait: number;
}

type ServiceProcess = AgentResults['Get-ServiceProcess']['processes'][number];

/** How many worker processes a service has: observed, never changed, as a worker that ended is started again by its parent. */
export const serviceWorkers: Resource<ServiceWorkers> = {
  kind: 'service-workers',
  does: 'check',
  desired: ({ workers }) => ({ workers }),
  observe: ({ name }) => [{ call: 'Get-ServiceProcess', name }],
  read(_, [result]) {
    const { processes } = result as AgentResults['Get-ServiceProcess'];
    return { workers: workersOf(processes).length };
  },
  change: () => [],
  settle: ({ wait }) => wait,
};

/** A worker is started by its own program. Beside it there are the service wrapper, that parent, and what Windows adds (conhost.exe). */
function workersOf(processes: readonly ServiceProcess[]): readonly ServiceProcess[] {
  const names = new Map(processes.map(({ pid, name }) => [pid, name]));
  return processes.filter(({ parent, name }) => names.get(parent) === name);
}
