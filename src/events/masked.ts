import { maskedData } from '../secret.ts';
import type { Fact } from './events.ts';

/** Where a fact has words that are not ours: of nodes, of services, of programs. */
const foreign = [
  'message',
  'remedy',
  'reason',
  'line',
  'evidence',
  'cause',
  'platform',
  'powershell',
] as const;

/** A fact with `[secret:NAME]` for each secret value that is known, wherever it has words of others. */
export function maskedFact<Each extends Fact>(fact: Each): Each {
  const words = Object.entries(fact).filter(([key]) => (foreign as readonly string[]).includes(key));
  const shown = { ...fact, ...maskedData(Object.fromEntries(words)) };
  if (shown.kind !== 'step-started') return shown;
  return { ...shown, changes: shown.changes.map((change) => ({ ...change, from: maskedData(change.from) })) };
}
