import { randomUUID } from 'node:crypto';
import { Agent as HttpAgent, request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { type ActionName, actions, commandShell, namespaces } from '../../../src/sandbox/winrm/soap/names.ts';
import { childOf, readXml, type XmlElement } from '../../../src/session/xml/read-xml.ts';
import { xmlText } from '../../../src/session/xml/xml-text.ts';

export interface HttpReply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Where a WinRM service is, and how to log in there. */
export interface Reach {
  readonly host: string;
  readonly ports: { readonly http: number; readonly https: number };
  /** PEM of the issuer of its certificate. */
  readonly ca: string;
  readonly password: string;
}

export const basic = (user: string, word: string): string =>
  `Basic ${Buffer.from(`${user}:${word}`).toString('base64')}`;

/** A handshake for each message would be most of the time. */
const agents = {
  http: new HttpAgent({ keepAlive: true }),
  https: new HttpsAgent({ keepAlive: true }),
};

/** One message over HTTP. Throws what the connection throws. */
export function post(
  { host, ports, ca }: Reach,
  scheme: 'http' | 'https',
  body: string,
  headers: Readonly<Record<string, string>> = {},
  path = '/wsman',
): Promise<HttpReply> {
  const options = {
    host,
    ca,
    port: ports[scheme],
    path,
    method: 'POST',
    agent: agents[scheme],
  };
  const type = { 'Content-Type': 'application/soap+xml;charset=UTF-8' };
  return new Promise((resolve, reject) => {
    const send = scheme === 'https' ? httpsRequest : httpRequest;
    const asked = send({ ...options, headers: { ...type, ...headers } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
      );
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

export interface Question {
  readonly action: ActionName;
  readonly body?: string;
  readonly shell?: string;
  readonly resource?: string;
  /** XML for the header. */
  readonly header?: string;
  readonly user?: string;
}

export interface Answer {
  readonly status: number;
  readonly bytes: number;
  readonly body: XmlElement;
  /** Of WSManFault. */
  readonly code?: number;
  readonly reason?: string;
}

/** One message of WS-Management over HTTPS with Basic. */
export async function ask(served: Reach, question: Question): Promise<Answer> {
  const reply = await post(served, 'https', envelope(question), {
    Authorization: basic(question.user ?? 'oriel', served.password),
  });
  const root = readXml(reply.body.toString('utf8'));
  const body = childOf(root, namespaces.s, 'Body');
  if (!body) throw new Error('an answer without a body');
  const detail = childOf(childOf(body, namespaces.s, 'Fault'), namespaces.s, 'Detail');
  const fault = childOf(detail, namespaces.f, 'WSManFault');
  const found = { status: reply.status, bytes: reply.body.length, body };
  if (!fault) return found;
  const reason = childOf(fault, namespaces.f, 'Message')?.text ?? '';
  return { ...found, code: Number(fault.attributes.get('Code')), reason };
}

export function envelope({
  action,
  body = '',
  shell,
  resource = commandShell,
  header = '',
}: Question): string {
  const selector =
    shell === undefined
      ? ''
      : `<w:SelectorSet><w:Selector Name="ShellId">${shell}</w:Selector></w:SelectorSet>`;
  const declared = Object.entries(namespaces).map(([prefix, uri]) => `xmlns:${prefix}="${uri}"`);
  return `<s:Envelope ${declared.join(' ')}><s:Header><a:Action>${actions[action]}</a:Action><a:MessageID>uuid:${randomUUID()}</a:MessageID><w:ResourceURI>${resource}</w:ResourceURI>${selector}${header}</s:Header><s:Body>${body}</s:Body></s:Envelope>`;
}

/** The text of the first element of this name in an answer. */
export function textOf({ body }: Pick<Answer, 'body'>, name: string): string | undefined {
  const find = (element: XmlElement): XmlElement | undefined =>
    element.name === name ? element : element.children.map(find).find((each) => each !== undefined);
  return find(body)?.text;
}

export async function openShell(served: Reach, user?: string): Promise<string> {
  const answer = await ask(served, {
    action: 'create',
    body: '<rsp:Shell><rsp:InputStreams>stdin</rsp:InputStreams></rsp:Shell>',
    ...(user !== undefined && { user }),
  });
  return textOf(answer, 'ShellId') ?? '';
}

/** Starts a command line; gives the answer, whose CommandId is that of the command. `header` is XML. */
export function start(served: Reach, shell: string, line: string, header = ''): Promise<Answer> {
  const body = `<rsp:CommandLine><rsp:Command>${xmlText(line)}</rsp:Command></rsp:CommandLine>`;
  return ask(served, { action: 'command', shell, body, header });
}

/** One Receive with a time-out in seconds. */
export function receive(
  served: Reach,
  shell: string,
  command: string,
  seconds = 20,
  maxEnvelope = 153_600,
): Promise<Answer> {
  return ask(served, {
    action: 'receive',
    shell,
    header: `<w:OperationTimeout>PT${seconds}S</w:OperationTimeout><w:MaxEnvelopeSize>${maxEnvelope}</w:MaxEnvelopeSize>`,
    body: `<rsp:Receive><rsp:DesiredStream CommandId="${command}">stdout stderr</rsp:DesiredStream></rsp:Receive>`,
  });
}

export function send(
  served: Reach,
  shell: string,
  command: string,
  text: string,
  end = false,
): Promise<Answer> {
  const data = Buffer.from(text).toString('base64');
  return ask(served, {
    action: 'send',
    shell,
    body: `<rsp:Send><rsp:Stream Name="stdin" CommandId="${command}" End="${end}">${data}</rsp:Stream></rsp:Send>`,
  });
}

/** What an answer to Receive holds of a stream. */
export function written({ body }: Answer, stream = 'stdout'): string {
  const streams = body.children[0]?.children.filter(({ attributes }) => attributes.get('Name') === stream);
  return Buffer.concat((streams ?? []).map(({ text }) => Buffer.from(text, 'base64'))).toString('utf8');
}

/** Runs a command line to its end in a shell of its own. */
export async function run(
  served: Reach,
  line: string,
): Promise<{ readonly output: string; readonly errors: string; readonly exitCode: number }> {
  const shell = await openShell(served);
  const command = textOf(await start(served, shell, line), 'CommandId') ?? '';
  let output = '';
  let errors = '';
  for (;;) {
    const answer = await receive(served, shell, command);
    output += written(answer);
    errors += written(answer, 'stderr');
    const exitCode = textOf(answer, 'ExitCode');
    if (exitCode !== undefined) {
      await ask(served, { action: 'delete', shell });
      return { output, errors, exitCode: Number(exitCode) };
    }
  }
}
