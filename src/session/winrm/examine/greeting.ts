import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import type { Verdict } from '../../examine/finding.ts';
import type { Layer } from '../../examine/way.ts';
import { textOf } from '../../foreign-text.ts';
import { offeredSchemes } from '../../security/client/offered-schemes.ts';
import { hostOf, type WinrmNode } from '../http/settings.ts';

/** What a service answers to a question without a login. */
export interface HttpGreeting {
  /** Absent: nothing came, and `failure` says how it ended. */
  readonly status?: number;
  readonly failure?: string;
  readonly type: string;
  readonly offers: readonly string[];
  readonly server: string;
  /** Of a proxy. */
  readonly via: string;
  /** Its clock, as it says. */
  readonly date: string;
}

/** Whether WinRM is what answers there. Nothing but an empty question is sent, and no login. */
export const greetingLayer: Layer<WinrmNode> = {
  name: 'greeting',
  async examine(node, { addresses }, limits) {
    const greeting = await ask(node, addresses[0] ?? node.address, limits.greeting);
    return { verdict: greetingVerdict(`${hostOf(node.address)}:${node.port}`, greeting) };
  },
};

/** The answer to an empty POST, over TLS whose certificate was judged before. */
export async function ask(node: WinrmNode, host: string, ms: number): Promise<HttpGreeting> {
  const { address, port, scheme } = node;
  const options = {
    ...{ host, port, method: 'POST', path: '/wsman', agent: false, timeout: ms },
    headers: { Host: `${hostOf(address)}:${port}`, 'Content-Length': 0, Connection: 'close' },
  };
  const name = isIP(address) === 0 ? { servername: address } : {};
  return new Promise((resolve) => {
    const answered = (reply: IncomingMessage): void => {
      reply.resume();
      resolve(greetingOf(reply));
      sent.destroy();
    };
    const sent =
      scheme === 'https'
        ? httpsRequest({ ...options, ...name, rejectUnauthorized: false }, answered)
        : httpRequest(options, answered);
    const late = setTimeout(() => sent.destroy(Object.assign(new Error('late'), { code: 'ETIMEDOUT' })), ms);
    sent.once('close', () => clearTimeout(late));
    sent.on('error', ({ code, message }: NodeJS.ErrnoException) =>
      resolve({ ...nothing, failure: textOf(code ?? message, 100) ?? '' }),
    );
    sent.end();
  });
}

const nothing: HttpGreeting = { type: '', offers: [], server: '', via: '', date: '' };

function greetingOf({ statusCode, headers, headersDistinct }: IncomingMessage): HttpGreeting {
  const offers = offeredSchemes(headersDistinct['www-authenticate'] ?? []).map(({ scheme }) => scheme);
  const header = (name: 'content-type' | 'server' | 'via' | 'date'): string =>
    textOf(headers[name], 100) ?? '';
  return {
    ...(statusCode !== undefined && { status: statusCode }),
    type: header('content-type'),
    offers: [...new Set(offers.map((scheme) => textOf(scheme, 40) ?? ''))],
    server: header('server'),
    via: header('via'),
    date: header('date'),
  };
}

/** Pure: who it is that answers. */
export function greetingVerdict(where: string, greeting: HttpGreeting): Verdict {
  const { status, failure, type, offers, server, via } = greeting;
  const evidence = { status: status ?? null, failure: failure ?? null, type, offers, server, via };
  if (status === 401 && offers.length > 0 && via === '')
    return { verdict: 'pass', message: `WinRM offers ${offers.join(', ')}`, evidence };
  if (failure === 'ETIMEDOUT') return { verdict: 'fail', ...mute(where), evidence };
  if (failure !== undefined) return { verdict: 'fail', ...broken(where, failure), evidence };
  if (status === 404 || status === 503) return { verdict: 'fail', ...stopped(where, status), evidence };
  if (status === 500 && type === '') return { verdict: 'fail', ...wordless(where), evidence };
  const by = via ? ` (Via: ${via})` : server ? ` (${server})` : '';
  return {
    verdict: 'fail',
    message: `${where} is not WinRM: ${status} ${type || 'without a type'}${by}`,
    cause: via
      ? 'A proxy answers in place of the node.'
      : 'Another web service has the port, or a proxy or portal between answers in place of the node.',
    remedy:
      'Is the port that of the listener? oriel takes no proxy from the environment; what answers is on the way itself.',
    command: 'winrm enumerate winrm/config/listener',
    evidence,
  };
}

type Words = Required<Pick<Verdict, 'message' | 'cause' | 'remedy' | 'command'>>;

const mute = (where: string): Words => ({
  message: `${where} takes the question and does not answer`,
  cause: 'WinRM hangs, the node is very busy, or a forwarder takes connections for a node that is away.',
  remedy: 'Restart WinRM on the node.',
  command: 'Restart-Service WinRM',
});
const broken = (where: string, failure: string): Words => ({
  message: `${where} ends the connection without an answer (${failure})`,
  cause:
    'The service of the port is about to stop, speaks another protocol (TLS where HTTP is asked), or a firewall ends the connection.',
  remedy: 'Do `scheme` and `port` of the node fit its listener? On the node:',
  command: 'winrm enumerate winrm/config/listener',
});
const wordless = (where: string): Words => ({
  message: `${where} answers with status 500 and not a word`,
  cause: 'WinRM itself is broken there, has no memory left, or is about to stop.',
  remedy: 'Restart WinRM on the node. Its log Microsoft-Windows-WinRM/Operational says more.',
  command: 'Restart-Service WinRM',
});
const stopped = (where: string, status: number): Words => ({
  message: `${where} is a web server of Windows that has no WinRM now (status ${status})`,
  cause: 'WinRM is stopped, or starts or stops just now; HTTP.sys answers for others on the same port.',
  remedy: 'Start WinRM on the node.',
  command: 'Start-Service WinRM',
});
