import { CallError } from '../../../src/errors.ts';
import { AgentFailure } from '../../../src/sandbox/agent/failure/agent-failure.ts';
import { agentFunctions } from '../../../src/sandbox/agent/functions.ts';
import type { StandIn } from '../../../src/sandbox/node/backing.ts';
import type { AgentCall, Session } from '../../../src/session/session.ts';

/** A session to a stand-in node, without a wire. */
export function standInSession(node: StandIn): Session {
  const never = () => Promise.reject(new Error('no files'));
  return {
    ...{ node: node.name, kind: 'node', put: never, get: never, close: async () => {} },
    hello: { hello: 1, agent: '1', powershell: '0.0', pid: 1, platform: 'simulated' },
    async call<Result>({ call, ...parameters }: AgentCall): Promise<Result> {
      // A stand-in is in no domain, and this cluster is in one.
      if (JSON.stringify(parameters).includes('Win32_ComputerSystem'))
        return [{ Name: node.computer, Domain: 'example.org', PartOfDomain: true }] as Result;
      const context = { node, signal: new AbortController().signal, progress: () => {} };
      try {
        return (await agentFunctions.get(call)?.(parameters, context)) as Result;
      } catch (error) {
        if (!(error instanceof AgentFailure)) throw error;
        throw new CallError(node.name, call, error.kind, error.message);
      }
    },
  };
}
