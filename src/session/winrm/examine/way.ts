import type { SessionError } from '../../../errors.ts';
import { briefVerdict } from '../../examine/failed-verdict.ts';
import type { Finding, Verdict } from '../../examine/finding.ts';
import { nameLayer } from '../../examine/name.ts';
import { portLayer } from '../../examine/port.ts';
import { routeLayer } from '../../examine/route.ts';
import { shellVerdict } from '../../examine/shell-verdict.ts';
import type { Known, Layer, OpenFailure, Way } from '../../examine/way.ts';
import { SecurityError } from '../../security/security-error.ts';
import type { WinrmNode } from '../http/settings.ts';
import { ask, greetingLayer } from './greeting.ts';
import { winrmLoginVerdict } from './login-verdict.ts';
import { tlsLayer } from './tls.ts';

/** Milliseconds for one more question after a login that failed. */
const askMs = 10_000;

const winrmService = {
  name: 'WinRM',
  command: () => 'Get-Service WinRM; winrm enumerate winrm/config/listener',
};

/** How a node is examined that is reached by WinRM. */
export const winrmWay: Way<'winrm'> = {
  layers: [nameLayer, routeLayer, portLayer(winrmService), tlsLayer, greetingLayer].map(unlessProxied),
  opened: [
    {
      layer: 'authentication',
      passed: ({ user, authentication }) => `${user ?? 'the account of the ticket'} by ${authentication}`,
    },
    { layer: 'shell', passed: () => 'a shell opens, and PowerShell in it runs the agent' },
  ],
  explain,
};

/** Where the site names a proxy, it resolves the name and opens the connection: only a whole session shows more. */
function unlessProxied(layer: Layer<WinrmNode>): Layer<WinrmNode> {
  return {
    name: layer.name,
    examine: async (node, known, limits) =>
      node.proxy === undefined
        ? layer.examine(node, known, limits)
        : { verdict: { verdict: 'skip', message: `the node is reached through ${node.proxy}` } },
  };
}

async function explain(node: WinrmNode, failure: OpenFailure, known: Known): Promise<Finding> {
  const { error } = failure;
  if (error.kind === 'authentication')
    return { layer: 'authentication', ...(await explainLogin(node, error, known)) };
  if (error.kind === 'host-key')
    return { layer: 'tls', ...briefVerdict(error, 'The certificate changed since the look before.') };
  if (error.kind === 'unreachable') return { layer: 'greeting', ...briefVerdict(error, unreachable) };
  const refused = error.reason === undefined && error.remedy !== undefined;
  return refused ? { layer: 'shell', ...briefVerdict(error, refusedShell) } : shellVerdict(failure);
}

/** The dates of the node's answers tell its clock, which a refused login does not. */
async function explainLogin(node: WinrmNode, error: SessionError, { addresses }: Known): Promise<Verdict> {
  const { offers, date } = await ask(node, addresses[0] ?? node.address, askMs);
  const skew = Math.round((Date.parse(date) - Date.now()) / 1000);
  const [message = ''] = error.message.split('\n');
  return winrmLoginVerdict({
    ...{ message, authentication: node.authentication, https: node.scheme === 'https', offered: offers },
    ...(error.remedy !== undefined && { remedy: error.remedy }),
    ...(error.cause instanceof SecurityError && { problem: error.cause.kind }),
    ...(Number.isFinite(skew) && { skew }),
  });
}

const unreachable =
  'The node took connections a moment ago: WinRM is about to restart, or the link is not steady.';
const refusedShell =
  'The login succeeded, so the password is right; WinRM refuses what comes after it, for the reason that it gives.';
