import type { AgentResults } from '../../session/agent-link/agent-calls.ts';
import type { Resource } from '../model/resource.ts';

export interface HttpHealth {
  /** As seen from the node itself. */
  readonly url: string;
  /** Seconds that it may take to become healthy. */
  readonly wait: number;
}

/** Whether a URL answers 200: observed, never changed; after its service started it is asked again until it does. */
export const httpHealth: Resource<HttpHealth> = {
  kind: 'http-health',
  does: 'check',
  desired: () => ({ status: 200 }),
  observe: ({ url }) => [{ call: 'Test-Http', url, timeout: 10 }],
  read(_, [result]) {
    const { status, error } = result as AgentResults['Test-Http'];
    return { status: status ?? null, ...(error !== undefined && { error }) };
  },
  change: () => [],
  settle: ({ wait }) => wait,
};
