import { type Declaration, idOf, type Work } from '../../resources/model/resource.ts';
import { Secret } from '../../secret.ts';
import type { AgentCall } from '../../session/session.ts';
import type { Plan, Step } from '../model/plan.ts';

/** What apply would ask of a node for one step: the calls that look, and the work where these show a difference. */
export interface StepCalls {
  readonly reads: readonly AgentCall[];
  readonly works: readonly Work[];
  /** Seconds that the step may take to become in sync. */
  readonly timeoutSeconds: number;
  /** Names of the secrets in it. */
  readonly secrets: readonly string[];
}

/**
 * The calls of every step that would change something, by id. Each secret has become `[secret:NAME]`. Of a step that is
 * known later it is the work of the usual case: the thing is there and nothing of it is in sync.
 */
export function callsOf(declared: readonly Declaration[], { steps }: Plan): ReadonlyMap<string, StepCalls> {
  const byId = new Map(declared.map((one) => [idOf(one), one]));
  const pending = steps.filter(({ action, error }) => action !== 'none' && !error);
  return new Map(
    pending.flatMap((step) => {
      const one = byId.get(step.id);
      return one ? [[step.id, callsOfStep(one, step)] as const] : [];
    }),
  );
}

function callsOfStep({ resource, spec }: Declaration, { observed }: Step): StepCalls {
  const secrets = new Set<string>();
  const shown = withoutSecrets(spec, secrets);
  return {
    reads: resource.observe(shown),
    works: resource.change(shown, observed ?? { exists: true }),
    timeoutSeconds: resource.settle?.(shown) ?? 0,
    secrets: [...secrets].sort(),
  };
}

function withoutSecrets(data: unknown, names: Set<string>): unknown {
  if (data instanceof Secret) {
    names.add(data.name);
    return String(data);
  }
  if (Array.isArray(data)) return data.map((item) => withoutSecrets(item, names));
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, withoutSecrets(value, names)]));
}
