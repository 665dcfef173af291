import { configXml, winrsXml } from '../service/config.ts';
import type { Caller, WinRmService } from '../service/service.ts';
import { WsmanFault } from '../soap/fault.ts';
import type { ActionName } from '../soap/names.ts';
import { actions, commandShell } from '../soap/names.ts';
import type { WsmanRequest } from '../soap/request.ts';
import { create } from './create.ts';
import { command, receive, send, signal } from './streams.ts';

/** Carries a message out and gives the body of its answer, as XML. Throws WsmanFault. */
export type Operation = (request: WsmanRequest, service: WinRmService, caller: Caller) => Promise<string>;

const operations: Readonly<Record<ActionName, Operation>> = {
  create,
  command,
  send,
  receive,
  signal,
  get: async ({ resource }, { config }) => {
    const root = 'http://schemas.microsoft.com/wbem/wsman/1/config';
    if (resource === root) return configXml(config);
    if (resource === `${root}/winrs`) return winrsXml(config);
    throw new WsmanFault('badResource');
  },
  delete: async (request, { shells }, { account }) => {
    shells.close(shells.find(request.selectors.get('shellid') ?? '', account.name).id);
    return '';
  },
  disconnect: async (request, { shells }, { account }) => {
    shells.find(request.selectors.get('shellid') ?? '', account.name).isDisconnected = true;
    return '<rsp:DisconnectResponse/>';
  },
  reconnect: async (request, { shells }, { account }) => {
    shells.find(request.selectors.get('shellid') ?? '', account.name).isDisconnected = false;
    return '<rsp:ReconnectResponse/>';
  },
};

/** The operation of a message and the action of its answer. Throws WsmanFault where the service has none. */
export function operationFor({ action, resource }: WsmanRequest): {
  readonly name: ActionName;
  readonly run: Operation;
  readonly replyAction: string;
} {
  const name = (Object.keys(actions) as ActionName[]).find((each) => actions[each] === action);
  if (!name) throw new WsmanFault('badAction');
  if (name !== 'get' && resource !== commandShell) throw new WsmanFault('badResource');
  return { name, run: operations[name], replyAction: `${action}Response` };
}
