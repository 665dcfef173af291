import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { isSealed, openBody, sealBody } from '../../session/security/body.ts';
import { SecurityError } from '../../session/security/security-error.ts';
import type { Connection } from './access/connection.ts';
import { type Door, type Entry, letIn } from './access/let-in.ts';
import { carryOut, type SoapAnswer } from './carry-out.ts';
import { type Answer, sendAnswer, soapType } from './http/answer.ts';
import { faultyAnswer } from './http/faulty-answer.ts';
import { readBody } from './http/read-body.ts';
import { ConnectionCut } from './service/connection-cut.ts';
import type { Account, Caller, WinRmService } from './service/service.ts';
import { identity } from './soap/reply.ts';

/** One message over HTTP and what its sender is. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly connection: Connection;
  readonly service: WinRmService;
  readonly door: Door;
  readonly endpoint: string;
}

/** Room for the login and for what is around a sealed message. */
const roomAround = 64 * 1024;

/** Answers one message of a connection. Throws ConnectionCut, and what is a defect of ours. */
export async function answerMessage(exchange: Exchange): Promise<void> {
  const { response, service } = exchange;
  const { counts, shells, faults } = service;
  counts.messages++;
  if (counts.messages - 1 === faults().forgetShellsAfter) shells.closeAll();
  const answer = faultyAnswer(faults()) ?? (await answerTo(exchange));
  const { cutBeforeReply, clockSkew, pace } = faults();
  if (cutBeforeReply !== undefined && counts.messages % cutBeforeReply === 0)
    throw new ConnectionCut('reset');
  if (pace === 'slow') await sleep(lateMs, undefined, { ref: false });
  await sendAnswer(response, answer, clockSkew);
}

/** Milliseconds. */
const lateMs = 1000;

async function answerTo(exchange: Exchange): Promise<Answer> {
  const { request, service, connection, door } = exchange;
  const { MaxEnvelopeSizekb } = service.config;
  const body = await readBody(request, MaxEnvelopeSizekb * 1024 + roomAround);
  if (!body) return { status: 413, headers: { Connection: 'close' } };
  if (/^\/wsman-anon\/identify$/i.test(request.url ?? '') || asksAnonymously(request)) return anonymous();
  if (!/^\/wsman(\?|$)/i.test(request.url ?? '')) return { status: 404 };
  if (request.method !== 'POST') return { status: 405 };
  const entry = await enter(connection, request, door);
  if ('challenges' in entry) return { status: 401, headers: { 'WWW-Authenticate': entry.challenges } };
  const headers = entry.challenge === undefined ? {} : { 'WWW-Authenticate': entry.challenge };
  if (body.length === 0) return { status: 200, headers };
  if (++service.counts.questions === service.faults().forgetLoginAt) return forgetLogin(exchange);
  const answer = await soapAnswer(exchange, body, callerOf(exchange, entry.account));
  return { ...answer, headers: { ...headers, ...answer.headers } };
}

async function forgetLogin({ connection, door }: Exchange): Promise<Answer> {
  delete connection.account;
  delete connection.context;
  const entry = await letIn(connection, '', door);
  return { status: 401, headers: { 'WWW-Authenticate': 'challenges' in entry ? entry.challenges : [] } };
}

async function enter(connection: Connection, request: IncomingMessage, door: Door): Promise<Entry> {
  try {
    return await letIn(connection, request.headers.authorization ?? '', door);
  } catch (error) {
    if (!(error instanceof SecurityError)) throw error;
    return letIn(connection, '', door);
  }
}

async function soapAnswer(exchange: Exchange, body: Buffer, caller: Caller): Promise<Answer> {
  const { request, service, connection, door } = exchange;
  const { context } = connection;
  const type = request.headers['content-type'];
  if (!isSealed(type)) {
    // What the service says of a message in clear that it does not take, no document tells; clients report an empty 500.
    if (!door.isPrivate) return { status: 500 };
    return plain(await carryOut(body.toString('utf8'), service, caller));
  }
  if (!context?.complete) return { status: 400, headers: { Connection: 'close' } };
  const message = await openBody(context, type, body).catch(() => undefined);
  if (!message) return { status: 400, headers: { Connection: 'close' } };
  const { status, xml } = await carryOut(message.toString('utf8'), service, caller);
  if (service.faults().answersInClear) return plain({ status, xml });
  const sealed = await sealBody(context, Buffer.from(xml));
  return { status, headers: { 'Content-Type': sealed.contentType }, body: sealed.body };
}

function plain({ status, xml }: SoapAnswer): Answer {
  return { status, headers: { 'Content-Type': soapType }, body: Buffer.from(xml) };
}

function asksAnonymously({ headers }: IncomingMessage): boolean {
  return headers.wsmanidentify?.toString().toLowerCase() === 'unauthenticated';
}

/** Who has not logged in learns of no version ([MS-WSMV] 3.1.4.1.31). */
function anonymous(): Answer {
  return plain({ status: 200, xml: identity('0.0.0') });
}

function callerOf({ response, connection, endpoint }: Exchange, account: Account): Caller {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  return { account, endpoint, address: connection.socket.remoteAddress ?? '', gone: gone.signal };
}
