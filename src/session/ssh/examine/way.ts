import type { SessionError } from '../../../errors.ts';
import type { NodeOf } from '../../../site/deployment.ts';
import { failedVerdict } from '../../examine/failed-verdict.ts';
import type { Finding } from '../../examine/finding.ts';
import { nameLayer } from '../../examine/name.ts';
import { portLayer } from '../../examine/port.ts';
import { routeLayer } from '../../examine/route.ts';
import { shellVerdict } from '../../examine/shell-verdict.ts';
import type { Layer, OpenFailure, Way } from '../../examine/way.ts';
import { type SshTarget, targetOf } from '../target.ts';
import { greetingLayer } from './greeting.ts';
import { loginVerdict } from './login-verdict.ts';
import { offeredMethods } from './offered.ts';

/** Milliseconds for the server to say which ways to log in it offers. */
const offerMs = 10_000;

const sshServer = {
  name: 'the SSH server (service sshd)',
  command: (port: number) => `Get-Service sshd; Get-NetTCPConnection -State Listen -LocalPort ${port}`,
};

/** How a node is examined that is reached over SSH. */
export const sshWay: Way<'ssh'> = {
  layers: [nameLayer, routeLayer, portLayer(sshServer), greetingLayer].map(ofTarget),
  opened: [
    { layer: 'host-key', passed: (node) => hostKeyWords(targetOf(node)) },
    { layer: 'authentication', passed: (node) => loginWords(targetOf(node)) },
    { layer: 'shell', passed: () => 'PowerShell starts and runs the agent' },
  ],
  explain,
};

/** A layer of the server that the SSH configuration leads to. Behind another server only a whole session shows more. */
function ofTarget(layer: Layer<{ readonly address: string; readonly port: number }>): Layer<NodeOf<'ssh'>> {
  return {
    name: layer.name,
    async examine(node, known, limits) {
      const { host, port, through } = targetOf(node);
      if (!through) return layer.examine({ address: host, port }, known, limits);
      return { verdict: { verdict: 'skip', message: `the node is reached through ${through.where}` } };
    },
  };
}

function hostKeyWords({ fingerprint, knownHosts }: SshTarget): string {
  return fingerprint === undefined ? `as recorded in ${knownHosts.join(', ')}` : `pinned: ${fingerprint}`;
}

function loginWords(target: SshTarget): string {
  return `${target.user} with ${credentialOf(target).credential}`;
}

async function explain(node: NodeOf<'ssh'>, failure: OpenFailure): Promise<Finding> {
  const { error } = failure;
  if (error.kind === 'host-key') return { layer: 'host-key', ...failedVerdict(error, hostKeyCause) };
  if (error.kind === 'authentication')
    return { layer: 'authentication', ...(await explainLogin(node, error)) };
  if (error.kind === 'unreachable')
    return {
      layer: 'host-key',
      ...failedVerdict(error, targetOf(node).through ? jumpCause : handshakeCause),
    };
  return shellVerdict(failure);
}

/** What the client could not even offer is told by the client; what the server refused is looked into. */
async function explainLogin(node: NodeOf<'ssh'>, error: SessionError): Promise<Omit<Finding, 'layer'>> {
  if (levelOf(error) !== 'client-authentication')
    return failedVerdict(error, 'Nothing was sent to the node: there is nothing to log in with.');
  const target = targetOf(node);
  const offered = target.through ? undefined : await offeredMethods(target, offerMs);
  return loginVerdict({ user: target.user, ...credentialOf(target), ...(offered && { offered }) });
}

function credentialOf({ password, identities = [] }: SshTarget) {
  if (password !== undefined)
    return { tried: 'password', credential: 'the password of the site file' } as const;
  const keys = identities.length === 0 ? 'the keys of the SSH agent' : `the key ${identities.join(', ')}`;
  return { tried: 'publickey', credential: keys } as const;
}

/** The part of ssh2 that an error comes from. */
function levelOf({ cause }: SessionError): unknown {
  return Object(cause).level;
}

const hostKeyCause =
  'The node shows another key than the file of known hosts has, or the file has none: the node was installed anew, or another machine answers for it.';
const handshakeCause =
  'Both ends find no common encryption, the server is of a time before them, or it ended the connection before the login.';

const jumpCause =
  'The server on the way cannot be reached or lets nobody through, or the node does not answer there: the message names which.';
