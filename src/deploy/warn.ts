import { describeProblem } from '../errors.ts';
import type { Emit } from '../events/events.ts';
import type { Deployment } from '../site/deployment.ts';

/** Tells what the site file may be regretted for; the verb goes on. */
export function warn({ warnings }: Pick<Deployment, 'warnings'>, emit: Emit): void {
  for (const { severity: _, ...problem } of warnings)
    emit({ kind: 'note', level: 'warning', message: describeProblem(problem) });
}
