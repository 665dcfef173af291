import type { AgentCall } from '../session.ts';
import type { AgentCallName } from './agent-calls.ts';

/** Seconds that the agent may work on a call, where the table says nothing else. */
export const usualSeconds = 60;
/** Seconds that a call with a `timeout` of its own may take beside it: for a slow link, and to end what it started. */
export const extraSeconds = 30;

/** Seconds for a first look at shares, features or rules of the firewall: it loads modules, which takes minutes on a busy server. */
const modules = 180;
/** Seconds for a question to a domain controller, and for `secedit.exe`. */
const accounts = 120;
/** Seconds for what reads all of a file, or walks a whole tree. */
const trees = 600;

/** Seconds for a block of a file, of which three are on their way: 5.6 MB with base64 twice over, at 250 kbit/s. */
const blocks = 180;

/** Calls that may take longer than others, and how many seconds. A call with the parameter `timeout` needs no line. */
export const longerCalls: { readonly [call in AgentCallName]?: number } = {
  'Get-FileState': trees,
  'Add-FileContent': blocks,
  'Get-FileBlock': blocks,
  'Remove-Path': trees,
  'Set-DirectoryAccess': trees,
  'Invoke-Cmdlet': modules,
  'Get-FirewallRule': modules,
  'Get-ShareState': modules,
  'New-Share': modules,
  'Set-Share': modules,
  'Set-ShareAccess': modules,
  'Remove-Share': modules,
  'Get-WindowsFeatureState': modules,
  // Windows may have to fetch what is not on its disk.
  'Install-ServerFeature': 1800,
  'Get-EventRecord': accounts,
  'Get-AccountRight': accounts,
  'Grant-AccountRight': accounts,
  'Revoke-AccountRight': accounts,
  'Get-GroupMember': accounts,
  'Add-GroupMember': accounts,
  'Remove-GroupMember': accounts,
  'Set-ServiceAccount': accounts,
  'Set-CertificateReader': accounts,
  'Restart-Node': 180,
};

/** Milliseconds that the agent may work on a call before it is given up. */
export function callLimitMs({ call, timeout }: AgentCall): number {
  if (typeof timeout === 'number') return (timeout + extraSeconds) * 1000;
  return (longerCalls[call as AgentCallName] ?? usualSeconds) * 1000;
}
