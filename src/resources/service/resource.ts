import type { AgentResults } from '../../session/agent-link/agent-calls.ts';
import {
  accountWork,
  desiredAccount,
  observeMark,
  readAccount,
  type ServiceAccount,
} from '../accounts/service-account.ts';
import { hexOf, saltedDigest } from '../file/resource.ts';
import type { Resource, Work } from '../model/resource.ts';
import type { State } from '../model/state.ts';

type ServiceState = AgentResults['Get-ServiceState'];
export type Service = RunningService | { readonly ensure: 'absent'; readonly name: string };

interface RunningService {
  readonly ensure: 'present';
  readonly name: string;
  readonly status: 'Running' | 'Stopped';
  readonly startMode: 'Auto' | 'Manual' | 'Disabled';
  /** Whom it runs as; without it that is left as it is. */
  readonly account?: ServiceAccount;
  /** Names of the services that Windows starts before it; without it they are left as they are. */
  readonly dependencies?: readonly string[];
  /** What Windows does when it fails; without it that is left as it is. */
  readonly recovery?: Recovery;
  /** Seconds for it to start or to stop. */
  readonly timeout: number;
  /**
   * What it has to have been started with. The stamp is a file on the node that is written only while the service is
   * stopped, and taken away before a file that it stands for changes (file.ts). So wherever a run was cut off, a running
   * service with the right stamp was started with the right files, and any other one is restarted.
   */
  readonly stamp?: { readonly path: string; readonly content: string; readonly salt: string };
  /** The service's own log on the node: read when it does not start. */
  readonly log?: string;
}

/** In the words of the agent protocol, which are those of `sc.exe failure`. */
export interface Recovery {
  /** `restart/10000`: of the first failure, the second, and the last one for all that follow; milliseconds. */
  readonly actions: readonly string[];
  /** Seconds without failure until the count begins anew. */
  readonly reset: number;
  /** Also when the service ends with an error code, not only when its process dies. */
  readonly onError: boolean;
}

/** A Windows service that a package made: its start mode, whether it runs, and with which files it was started. */
export const service: Resource<Service> = {
  kind: 'service',
  reasons: {
    startedWith: 'was not started with these files',
    password: 'password changed since it was last set',
  },
  desired(spec) {
    if (spec.ensure === 'absent') return { exists: false };
    const { status, startMode, stamp, recovery, account, dependencies } = spec;
    const startedWith = stamp && { startedWith: saltedDigest(stamp.content, stamp.salt) };
    return {
      exists: true,
      startMode,
      ...(account && desiredAccount(account)),
      ...(dependencies && { dependencies: sorted(dependencies) }),
      ...(recovery && { recovery: recoveryText(recovery) }),
      status,
      ...startedWith,
    };
  },
  observe(spec) {
    const state = { call: 'Get-ServiceState', name: spec.name };
    if (spec.ensure === 'absent') return [state];
    const { stamp, account } = spec;
    const stamped = stamp && { call: 'Get-FileState', path: stamp.path, salt: hexOf(stamp.salt) };
    return [state, ...(stamped ? [stamped] : []), ...(account ? observeMark(account) : [])];
  },
  read(spec, [result, ...marks]) {
    const found = result as ServiceState;
    const { exists, status = null, startMode = null } = found;
    const stamped = spec.ensure === 'present' && spec.stamp ? marks.shift() : undefined;
    const startedWith = (stamped as { digest?: string } | undefined)?.digest ?? null;
    const known = { exists, startMode, status, startedWith };
    return spec.ensure === 'absent' ? known : { ...known, ...readSettings(spec, found, marks[0]) };
  },
  change(spec, observed) {
    // A service comes and goes with its package; where it did not, there is nothing to do here but to say so.
    if (spec.ensure === 'absent' || observed.exists !== true) return [];
    const { name, account } = spec;
    const other = account ? accountWork(name, account, observed) : [];
    // It is stopped first: cut off anywhere in between it does not run, and the next apply sees that.
    const stops = other.length > 0 && observed.status !== 'Stopped';
    return [
      ...startModeWork(spec, observed),
      ...dependencyWork(spec, observed),
      ...recoveryWork(spec, observed),
      ...(stops ? [setStatus(spec, 'Stopped')] : []),
      ...other,
      ...statusWork(spec, stops ? { ...observed, status: 'Stopped' } : observed),
    ];
  },
  // Its start type was changed, and it was made (Service Control Manager); both events name the service.
  auditQueries: ({ name }) =>
    [7040, 7045].map((event) => ({ log: 'System', provider: 'Service Control Manager', event, text: name })),
  explain(spec, { message, log }) {
    const path = spec.ensure === 'present' ? spec.log : undefined;
    const lastLines = log.filter((line) => line.trim()).slice(-5);
    return {
      cause: lastLines.length ? `${message}; its log ends: ${lastLines.join(' | ')}` : message,
      ...(path && { remedy: `read ${path} on the node` }),
    };
  },
};

function startModeWork({ name, startMode }: RunningService, observed: State): readonly Work[] {
  if (observed.startMode === startMode) return [];
  const call = { call: 'Set-ServiceStartMode', name, startMode };
  return [{ do: 'call', description: `sets ${name} to start ${startMode}`, call }];
}

/** Without an action the rest says nothing, and Windows may keep it or not. */
function recoveryText({ actions, reset, onError }: Recovery): string {
  if (actions.length === 0) return 'none';
  return `on ${onError ? 'errors' : 'crashes alone'}: ${actions.join(', ')}; reset ${reset} s`;
}

function recoveryWork({ name, recovery }: RunningService, observed: State): readonly Work[] {
  if (!recovery || observed.recovery === recoveryText(recovery)) return [];
  const description =
    recovery.actions.length > 0
      ? `sets the recovery actions of ${name}`
      : `clears the recovery actions of ${name}`;
  return [{ do: 'call', description, call: { call: 'Set-ServiceRecovery', name, ...recovery } }];
}

/** What is seen of the settings that are wanted; the others are left as they are. */
function readSettings(
  { account, dependencies, recovery }: RunningService,
  found: ServiceState,
  mark: unknown,
): State {
  return {
    ...(account && readAccount(account, found.account, mark)),
    ...(dependencies && { dependencies: found.dependencies ? sorted(found.dependencies) : null }),
    ...(recovery && { recovery: found.recovery ? recoveryText(found.recovery) : null }),
  };
}

function sorted(names: readonly string[]): readonly string[] {
  return [...names].sort();
}

function dependencyWork({ name, dependencies }: RunningService, observed: State): readonly Work[] {
  if (!dependencies || String(observed.dependencies) === String(sorted(dependencies))) return [];
  const call = { call: 'Set-ServiceDependency', name, dependencies };
  return [{ do: 'call', description: `sets the dependencies of ${name}`, call }];
}

function setStatus({ name, timeout, log }: RunningService, status: 'Running' | 'Stopped'): Work {
  return {
    do: 'call',
    description: status === 'Running' ? `starts ${name}` : `stops ${name}`,
    call: { call: 'Set-ServiceState', name, status, timeout },
    ...(log && { log }),
  };
}

function statusWork(spec: RunningService, observed: State): readonly Work[] {
  const { name, status, stamp } = spec;
  const set = (to: 'Running' | 'Stopped'): Work => setStatus(spec, to);
  if (status === 'Stopped') return observed.status === 'Stopped' ? [] : [set('Stopped')];
  const fresh = !stamp || observed.startedWith === saltedDigest(stamp.content, stamp.salt);
  if (fresh) return observed.status === 'Running' ? [] : [set('Running')];
  const content = Buffer.from(stamp.content, 'utf8').toString('base64');
  return [
    ...(observed.status === 'Stopped' ? [] : [set('Stopped')]),
    {
      do: 'call',
      description: `records what ${name} starts with`,
      call: { call: 'Set-File', path: stamp.path, content },
    },
    set('Running'),
  ];
}
