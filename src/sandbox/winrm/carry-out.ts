import { operationFor } from './operations/operations.ts';
import type { Caller, WinRmService } from './service/service.ts';
import { WsmanFault } from './soap/fault.ts';
import { namespaces } from './soap/names.ts';
import { faultReply, identity, replyTo } from './soap/reply.ts';
import { readRequest, type WsmanRequest } from './soap/request.ts';

export interface SoapAnswer {
  readonly status: 200 | 500;
  readonly xml: string;
}

/** The version of Windows that the service names to those who have logged in: Server 2016. */
const system = '10.0.14393';

/** Carries one message out and gives its answer, a fault included. Throws only what is a defect of ours. */
export async function carryOut(text: string, service: WinRmService, caller: Caller): Promise<SoapAnswer> {
  let request: WsmanRequest | undefined;
  try {
    request = readRequest(text);
    if (isIdentify(request)) return { status: 200, xml: identity(system) };
    const { run, replyAction } = operationFor(request);
    const body = await run(request, service, caller);
    return { status: 200, xml: replyTo(request.messageId, replyAction, body) };
  } catch (error) {
    if (!(error instanceof WsmanFault)) throw error;
    return { status: 500, xml: faultReply(request?.messageId ?? '', error, service.node.computer) };
  }
}

function isIdentify({ body }: WsmanRequest): boolean {
  return body?.name === 'Identify' && body.namespace === namespaces.wsmid;
}
