import type { Emit } from '../../events/events.ts';

/** Half a second less than what an observer may be left without a sign. */
const intervalMs = 1500;

/** Runs `work` with a build-progress event at its start and then at least every 1.5 seconds. */
export async function withProgress<T>(
  emit: Emit,
  stage: string,
  message: string,
  work: (report: (message: string, done?: number, total?: number) => void) => Promise<T>,
): Promise<T> {
  let fact = { kind: 'build-progress' as const, stage, message };
  emit(fact);
  const started = Date.now();
  const timer = setInterval(
    () => emit({ ...fact, message: `${fact.message}, ${Math.round((Date.now() - started) / 1000)} s` }),
    intervalMs,
  );
  try {
    return await work((next, done, total) => {
      fact = { kind: 'build-progress', stage, message: next, ...(total && { done, total }) };
    });
  } finally {
    clearInterval(timer);
  }
}
