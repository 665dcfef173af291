import { CallError, SessionError } from '../errors.ts';
import type { AgentResults } from '../session/agent-link/agent-calls.ts';
import type { AgentCall, Session } from '../session/session.ts';
import type { Transport } from '../session/transport.ts';
import type { Via } from '../site/deployment.ts';
import type { Answer, Evidence, Quota, RegistryValue } from './judge/evidence.ts';

/** Milliseconds for the answer to each call. */
const callMs = 60_000;

const system = 'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Policies\\System';
const scripts = 'SOFTWARE\\Policies\\Microsoft\\Windows\\PowerShell';

/** Asks a node for everything that its layers are judged by, in two trips. Throws nothing that a node can cause. */
export async function gatherEvidence(
  session: Session,
  transport: Transport,
  via: Via,
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
    ...(via === 'winrm' && { quotas: await quotasOf(ask) }),
  };
}

type Ask = <Result>(call: AgentCall) => Promise<Answer<Result>>;

async function quotasOf(ask: Ask): Promise<NonNullable<Evidence['quotas']>> {
  const item = (Path: string): AgentCall => ({
    call: 'Invoke-Cmdlet',
    name: 'Get-Item',
    parameters: { Path },
    select: ['Value'],
  });
  const [shell, plugin] = await Promise.all([
    ask<readonly Quota[]>(item('WSMan:\\localhost\\Shell\\MaxMemoryPerShellMB')),
    ask<readonly Quota[]>(
      item('WSMan:\\localhost\\Plugin\\Microsoft.PowerShell\\Quotas\\MaxMemoryPerShellMB'),
    ),
  ]);
  return { shell, plugin };
}

async function orError<Result>(answer: Promise<Result>): Promise<Answer<Result>> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof CallError || error instanceof SessionError) return error;
    throw error;
  }
}
