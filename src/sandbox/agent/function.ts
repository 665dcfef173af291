import { z } from 'zod';
import type { StandIn } from '../backing.ts';
import { AgentFailure } from './failure.ts';

export interface CallContext {
  readonly node: StandIn;
  /** Aborted when the agent ends. */
  readonly signal: AbortSignal;
  /** Sends a progress event for this call. */
  readonly progress: (message: string) => void;
}

/** A function of the agent: takes the parameters of a request as they came and gives the result. */
export type AgentFunction = (parameters: unknown, context: CallContext) => Promise<unknown>;

/** Makes an agent function whose parameters are checked first; what does not fit is `BadParameter`. */
export function agentFunction<T>(
  parameters: z.ZodType<T>,
  run: (parameters: T, context: CallContext) => Promise<unknown>,
): AgentFunction {
  return async (given, context) => {
    const parsed = parameters.safeParse(given);
    if (parsed.success) return run(parsed.data, context);
    const [issue] = parsed.error.issues;
    const where = issue?.path.join('.') || 'the request';
    throw new AgentFailure('BadParameter', `${where}: ${issue?.message}`, 'InvalidArgument');
  };
}

/** An absolute Windows path, on a drive or a share; never a device path. */
export const windowsPath = z
  .string()
  .regex(
    /^(?:[A-Za-z]:\\|\\\\[^\\/?.][^\\/]*\\[^\\/]+)/,
    'is no absolute Windows path (C:\\... or \\\\server\\share\\...)',
  );
export const serviceName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.$-]*$/, 'is no name of a service');
export const runName = z
  .string()
  .max(64)
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, 'is no name of a detached process');
/** Seconds. */
export const timeout = z.number().positive();
