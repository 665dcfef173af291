import type { AgentCall } from '../../../../session/session.ts';
import { nameOf } from '../model/read.ts';
import { firstWindows } from './first-windows.ts';
import { isOlder, serverOf, type WindowsServer } from './windows-servers.ts';

/** Why a Windows cannot answer one of these calls, in a sentence; nothing where it can. `version`: `6.2.9200`. */
export function lacking(calls: readonly AgentCall[], version: string): string | undefined {
  const server = serverOf(version);
  if (!server) return undefined;
  for (const call of calls) {
    const late = lateIn(call, server);
    if (late) return `${late.what} came with Windows ${late.since}; this is Windows ${server} (${version})`;
  }
  return undefined;
}

function lateIn(call: AgentCall, server: WindowsServer) {
  if (call.call !== 'Invoke-Cmdlet') return undefined;
  const name = nameOf(call);
  const { since, parameters = {}, properties = {} } = firstWindows[name] ?? {};
  if (since && isOlder(server, since)) return { what: name, since };
  const used = [
    ...Object.keys((call.parameters ?? {}) as object).map(
      (key) => [`${name} -${key}`, parameters[key]] as const,
    ),
    ...((call.select ?? []) as readonly string[]).map(
      (key) => [`${key} of ${name}`, properties[key]] as const,
    ),
  ];
  for (const [what, first] of used) if (first && isOlder(server, first)) return { what, since: first };
  return undefined;
}
