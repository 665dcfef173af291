import { homedir } from 'node:os';
import { join } from 'node:path';
import { InputError } from '../../errors.ts';
import type { NodeOf } from '../../site/deployment.ts';
import { briefVerdict } from '../examine/failed-verdict.ts';
import type { Finding } from '../examine/finding.ts';
import { nameLayer } from '../examine/name.ts';
import { portLayer } from '../examine/port.ts';
import { programLayer } from '../examine/program.ts';
import { routeLayer } from '../examine/route.ts';
import { shellVerdict } from '../examine/shell-verdict.ts';
import type { Layer, OpenFailure, Way } from '../examine/way.ts';
import { targetOf } from '../ssh/target.ts';
import { relayProgram } from './program.ts';

type PsremotingNode = NodeOf<'psremoting'>;

const service = {
  name: 'the SSH server (sshd) or WinRM',
  command: () => 'Get-Service sshd, WinRM; Get-NetTCPConnection -State Listen',
};

/** How a node is examined that is reached through a PowerShell of this machine. */
export const psremotingWay: Way<'psremoting'> = {
  layers: [programLayer(programsOf), ...[nameLayer, routeLayer, portLayer(service)].map(ofServer)],
  opened: [
    {
      layer: 'host-key',
      passed: ({ over, knownHosts }) => (over === 'ssh' ? `as recorded in ${knownHosts}` : undefined),
    },
    { layer: 'authentication', passed: ({ user }) => user ?? 'the account that runs oriel' },
    { layer: 'shell', passed: () => 'a session of PowerShell opens, and PowerShell in it runs the agent' },
  ],
  explain,
};

function programsOf(node: PsremotingNode) {
  const remedy =
    'Install PowerShell 7.3 or later here, or name one with `psremoting.powershell` of the node.';
  const powershell = { file: relayProgram(node), remedy };
  return node.over === 'ssh'
    ? [powershell, { file: 'ssh', remedy: 'Install the OpenSSH client on this machine.' }]
    : [powershell];
}

/** A layer of the server that is asked. Where `ssh` is led elsewhere, or by what only it knows, a whole session alone shows more. */
function ofServer(layer: Layer<{ readonly address: string; readonly port: number }>): Layer<PsremotingNode> {
  return {
    name: layer.name,
    async examine(node, known, limits) {
      const server = serverOf(node);
      return typeof server === 'string'
        ? { verdict: { verdict: 'skip', message: server } }
        : layer.examine(server, known, limits);
    },
  };
}

function serverOf(node: PsremotingNode): { readonly address: string; readonly port: number } | string {
  const { address, over, useSsl, port } = node;
  if (over === 'winrm') return { address, port: port ?? (useSsl ? 5986 : 5985) };
  try {
    const sshConfig = join(homedir(), '.ssh', 'config');
    const { password: _, ...settings } = node;
    const target = targetOf({ ...settings, via: 'ssh', sshConfig });
    if (target.through) return `the node is reached through ${target.through.where}`;
    return { address: target.host, port: target.port };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return `only ssh itself knows where its configuration leads: ${error.message}`;
  }
}

async function explain(_: PsremotingNode, failure: OpenFailure): Promise<Finding> {
  const { error } = failure;
  if (error.kind === 'host-key') return { layer: 'host-key', ...briefVerdict(error, hostKeyCause) };
  if (error.kind === 'authentication') return { layer: 'authentication', ...briefVerdict(error, loginCause) };
  if (error.kind === 'unreachable') return { layer: 'port', ...briefVerdict(error, unreachable) };
  const refused = error.reason === undefined && error.remedy !== undefined;
  return refused ? { layer: 'shell', ...briefVerdict(error, refusedShell) } : shellVerdict(failure);
}

const hostKeyCause =
  'The node shows another key than the file of known hosts has, or the file has none: the node was installed anew, or another machine answers for it.';
const loginCause =
  'The server does not say which: the account, its key or password, or its right to a session of PowerShell.';
const unreachable =
  'The port takes connections and no session of PowerShell opened: the service is about to restart, or another one has the port.';
const refusedShell = 'The login succeeded; what comes after it is refused, for the reason that is given.';
