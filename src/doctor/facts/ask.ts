import { CallError, SessionError } from '../../errors.ts';
import type { AgentResults } from '../../session/agent-link/agent-calls.ts';
import type { AgentCall, Session } from '../../session/session.ts';

export type Row = AgentResults['Invoke-Cmdlet'][number];

/** Asks a node, and keeps why it did not answer. All throw SessionError where the link ends. */
export interface Asker {
  /** What is read from the answer to a call; null where there is none. `what`: the fact that is then not known. */
  readonly call: <Result, Fact>(
    what: string,
    call: AgentCall,
    read: (result: Result) => Fact,
  ) => Promise<Fact | null>;
  /** A value of the registry; null: there is none. */
  readonly registry: (what: string, key: string, name: string) => Promise<unknown>;
  /** The rows of a cmdlet. */
  readonly rows: <Fact>(
    what: string,
    cmdlet: RowQuery,
    read: (rows: readonly Row[]) => Fact,
  ) => Promise<Fact | null>;
  readonly unknown: Readonly<Record<string, string>>;
}

export interface RowQuery {
  readonly name: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly select: readonly string[];
}

export function asker(session: Session): Asker {
  const unknown: Record<string, string> = {};
  const call: Asker['call'] = async <Result, Fact>(
    what: string,
    request: AgentCall,
    read: (result: Result) => Fact,
  ) => {
    try {
      return read(await session.call<Result>(request));
    } catch (error) {
      if (!isNoAnswer(error)) throw error;
      unknown[what] = error.message.split('\n')[0] ?? '';
      return null;
    }
  };
  return {
    unknown,
    call,
    registry: (what, key, name) =>
      call(
        what,
        { call: 'Get-RegistryValue', key, name },
        ({ value }: AgentResults['Get-RegistryValue']) => value ?? null,
      ),
    rows: (what, { name, parameters = {}, select }, read) =>
      call(what, { call: 'Invoke-Cmdlet', name, parameters, select }, read),
  };
}

/** An error of the call, or a call that was given up over a link that goes on. */
function isNoAnswer(error: unknown): error is Error {
  return error instanceof CallError || (error instanceof SessionError && error.kind === 'timeout');
}

export function textOf(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

export function numberOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
