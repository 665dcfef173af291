import { CallError, SessionError } from '../errors.ts';
import type { AgentResults } from '../session/agent-link/agent-calls.ts';
import type { AgentCall, Session } from '../session/session.ts';
import type { Transport } from '../session/transport.ts';
import type { Answer, Evidence, RegistryValue } from './judge/evidence.ts';

/** Milliseconds for the answer to each call. */
const callMs = 60_000;

const system = 'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Policies\\System';
const scripts = 'SOFTWARE\\Policies\\Microsoft\\Windows\\PowerShell';

/** Asks a node for everything that its layers are judged by, in two trips. Throws nothing that a node can cause. */
export async function gatherEvidence(
  session: Session,
  transport: Transport,
): Promise<Omit<Evidence, 'printed'>> {
  const ask = <Result>(call: AgentCall): Promise<Answer<Result>> =>
    orError(session.call<Result>(call, { timeout: callMs }));
  const registry = (key: string, name: string) =>
    ask<RegistryValue>({ call: 'Get-RegistryValue', key, name });
  const started = Date.now();
  const facts = await ask<AgentResults['Get-Facts']>({ call: 'Get-Facts' });
  const now = (started + Date.now()) / 2;
  const [reboot, administrators, tokenFilter, machinePolicy, userPolicy, defaultShell, files] =
    await Promise.all([
      ask<AgentResults['Get-RebootState']>({ call: 'Get-RebootState' }),
      ask<AgentResults['Get-GroupMember']>({ call: 'Get-GroupMember', group: 'BUILTIN\\Administrators' }),
      registry(system, 'LocalAccountTokenFilterPolicy'),
      registry(`HKLM\\${scripts}`, 'ExecutionPolicy'),
      registry(`HKCU\\${scripts}`, 'ExecutionPolicy'),
      registry('HKLM\\SOFTWARE\\OpenSSH', 'DefaultShell'),
      transport.openChannel && orError(transport.openChannel().then((): true => true)),
    ]);
  return {
    powershell: session.hello.powershell,
    ...{ facts, now, reboot, administrators, tokenFilter, machinePolicy, userPolicy, defaultShell },
    ...(files !== undefined && { files }),
  };
}

async function orError<Result>(answer: Promise<Result>): Promise<Answer<Result>> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof CallError || error instanceof SessionError) return error;
    throw error;
  }
}
