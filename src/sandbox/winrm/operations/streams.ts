import { childOf } from '../../../session/xml/read-xml.ts';
import { ConnectionCut } from '../service/connection-cut.ts';
import type { WinRmFaults } from '../service/faults.ts';
import type { Caller, WinRmService } from '../service/service.ts';
import { type Output, type ShellCommand, startCommand } from '../shell/command.ts';
import { endedCommand } from '../shell/ended-command.ts';
import type { Shell } from '../shell/shells.ts';
import { WsmanFault } from '../soap/fault.ts';
import { namespaces } from '../soap/names.ts';
import type { WsmanRequest } from '../soap/request.ts';

/** Starts a command line in a shell. */
export async function command(request: WsmanRequest, service: WinRmService, caller: Caller): Promise<string> {
  const { config, shells, faults, node } = service;
  const shell = connected(request, service, caller);
  const running = [...shell.commands.values()].filter((each) => !each.hasEnded());
  if (running.length >= config.MaxProcessesPerShell) throw new WsmanFault('tooManyCommands');
  const operations = shells.all(shell.owner).reduce((sum, each) => sum + each.started, 0);
  if (operations >= config.MaxConcurrentOperationsPerUser)
    throw new WsmanFault('tooManyOperations', config.MaxConcurrentOperationsPerUser);
  const words = (request.body?.children ?? []).filter(({ name }) => /^(Command|Arguments)$/.test(name));
  const line = words.map(({ text }) => text).join(' ');
  const skipsShell = request.options.get('winrs_skip_cmd_shell')?.toLowerCase() === 'true';
  const { environment, directory } = shell;
  const where = { environment, ...(directory !== undefined && { directory }) };
  const ends = faults().commandEnds;
  const started = ends
    ? endedCommand(ends)
    : startCommand(node, service.run, line, { shell: skipsShell ? 'none' : 'cmd', ...where });
  shell.started++;
  shell.commands.set(started.id, started);
  return `<rsp:CommandResponse><rsp:CommandId>${started.id}</rsp:CommandId></rsp:CommandResponse>`;
}

/** Writes to the input of a command. */
export async function send(request: WsmanRequest, service: WinRmService, caller: Caller): Promise<string> {
  const shell = connected(request, service, caller);
  for (const stream of request.body?.children.filter(({ name }) => name === 'Stream') ?? []) {
    const running = commandOf(shell, stream.attributes.get('CommandId'));
    const isLast = /^(true|1)$/i.test(stream.attributes.get('End') ?? '');
    const data = Buffer.from(stream.text, 'base64');
    const struck = sendFault(service);
    const part = struck ? data.subarray(0, Math.floor(data.length * shares[struck.written])) : data;
    await running.send(part, isLast && part.length === data.length, timeoutOf(request, service));
    if (struck) throw struck.how === 'reset' ? new ConnectionCut('reset') : new WsmanFault('timedOut');
  }
  return '<rsp:SendResponse/>';
}

const shares = { none: 0, half: 0.5, all: 1 } as const;

/** What goes wrong with this Send, where anything does. */
function sendFault({ faults, counts }: WinRmService): WinRmFaults['send'] {
  counts.sends++;
  const { send: fault } = faults();
  return fault && counts.sends % fault.each === 0 ? fault : undefined;
}

/** Waits for what a command writes, and for its end. */
export async function receive(request: WsmanRequest, service: WinRmService, caller: Caller): Promise<string> {
  const shell = connected(request, service, caller);
  const desired = childOf(request.body, namespaces.rsp, 'DesiredStream');
  const running = commandOf(shell, desired?.attributes.get('CommandId'));
  service.counts.receives++;
  const { dropDuringReceive: drop } = service.faults();
  if (drop?.receive === service.counts.receives) {
    service.goDown(drop.backAfter);
    throw new ConnectionCut(drop.as);
  }
  const output = await running.receive(roomIn(request, service), timeoutOf(request, service), caller.gone);
  return `<rsp:ReceiveResponse>${streamsXml(running.id, output)}${stateXml(running.id, output)}</rsp:ReceiveResponse>`;
}

/** Ends a command, or interrupts its program. */
export async function signal(request: WsmanRequest, service: WinRmService, caller: Caller): Promise<string> {
  const shell = connected(request, service, caller);
  const running = commandOf(shell, request.body?.attributes.get('CommandId'));
  const code = childOf(request.body, namespaces.rsp, 'Code')?.text.trim().toLowerCase() ?? '';
  if (/\/signal\/ctrl_(c|break)$/.test(code)) running.interrupt();
  else if (code.endsWith('/signal/terminate')) {
    running.terminate();
    shell.commands.delete(running.id);
  } else throw new WsmanFault('badParameter');
  return '<rsp:SignalResponse/>';
}

function connected({ selectors }: WsmanRequest, { shells }: WinRmService, { account }: Caller): Shell {
  const shell = shells.find(selectors.get('shellid') ?? '', account.name);
  if (shell.isDisconnected) throw new WsmanFault('disconnected');
  return shell;
}

function commandOf(shell: Shell, id = ''): ShellCommand {
  const found = shell.commands.get(id.toUpperCase());
  if (!found) throw new WsmanFault('badParameter');
  return found;
}

function timeoutOf({ timeout }: WsmanRequest, { config }: WinRmService): number {
  return Math.min(timeout ?? config.MaxTimeoutms, config.MaxTimeoutms);
}

/** Bytes of output that fit into the answer: what is around them takes two KiB, and base64 a third. */
function roomIn({ maxEnvelope }: WsmanRequest, { config }: WinRmService): number {
  const most = Math.min(maxEnvelope, config.MaxEnvelopeSizekb * 1024);
  return Math.max(1, Math.floor(((most - 2048) * 3) / 4));
}

function streamsXml(id: string, { pieces, exitCode }: Output): string {
  const written = pieces.map(
    ({ stream, data }) =>
      `<rsp:Stream Name="${stream}" CommandId="${id}">${data.toString('base64')}</rsp:Stream>`,
  );
  const ended = exitCode === undefined ? [] : ['stdout', 'stderr'];
  const ends = ended.map(
    (stream) => `<rsp:Stream Name="${stream}" CommandId="${id}" End="true"></rsp:Stream>`,
  );
  return [...written, ...ends].join('');
}

function stateXml(id: string, { exitCode }: Output): string {
  const state = `CommandId="${id}" State="${namespaces.rsp}/CommandState`;
  if (exitCode === undefined) return `<rsp:CommandState ${state}/Running"></rsp:CommandState>`;
  return `<rsp:CommandState ${state}/Done"><rsp:ExitCode>${exitCode}</rsp:ExitCode></rsp:CommandState>`;
}
