import type { SecurityContext } from './context.ts';
import type { Mechanism } from './mechanism.ts';

/** A context from its mechanism and the exchange of its tokens: bare, or in SPNEGO. */
export function mechanismContext(
  scheme: SecurityContext['scheme'],
  mechanism: Mechanism,
  exchange: Pick<Mechanism, 'step' | 'complete'>,
): SecurityContext {
  return {
    scheme,
    step: (token) => exchange.step(token),
    get complete() {
      return exchange.complete;
    },
    seal: (message) => mechanism.seal(message),
    open: (message) => mechanism.open(message),
  };
}
