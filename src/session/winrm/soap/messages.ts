import { xmlText } from '../../xml/xml-text.ts';
import { duration, type Message } from './envelope.ts';
import { actions, resources } from './names.ts';

/** A command in a shell. */
export interface CommandOf {
  readonly shell: string;
  readonly command: string;
}

const { shell: resource } = resources;

/** A shell that the node deletes by itself when nobody asked for anything for `idle` milliseconds. */
export function createShell(idle: number): Message {
  return {
    action: actions.create,
    resource,
    options: { WINRS_NOPROFILE: 'FALSE', WINRS_CODEPAGE: '65001' },
    body: `<rsp:Shell><rsp:IdleTimeOut>${duration(idle)}</rsp:IdleTimeOut><rsp:InputStreams>stdin</rsp:InputStreams><rsp:OutputStreams>stdout stderr</rsp:OutputStreams></rsp:Shell>`,
  };
}

/** Starts a program by its whole command line, which cmd.exe reads. Its input is a pipe and no console. */
export function runCommand(shell: string, line: string): Message {
  return {
    action: actions.command,
    resource,
    shell,
    options: { WINRS_CONSOLEMODE_STDIN: 'FALSE', WINRS_SKIP_CMD_SHELL: 'FALSE' },
    body: `<rsp:CommandLine><rsp:Command>${xmlText(line)}</rsp:Command></rsp:CommandLine>`,
  };
}

/** Bytes for the input of a command. */
export function sendInput({ shell, command }: CommandOf, bytes: Buffer): Message {
  return {
    action: actions.send,
    resource,
    shell,
    body: `<rsp:Send><rsp:Stream Name="stdin" CommandId="${xmlText(command)}">${bytes.toString('base64')}</rsp:Stream></rsp:Send>`,
  };
}

/** Asks for what a command prints. The option: a node with nothing to tell says so by an answer without streams, not by a fault. */
export function receiveOutput({ shell, command }: CommandOf): Message {
  return {
    action: actions.receive,
    resource,
    shell,
    options: { WSMAN_CMDSHELL_OPTION_KEEPALIVE: 'TRUE' },
    body: `<rsp:Receive><rsp:DesiredStream CommandId="${xmlText(command)}">stdout stderr</rsp:DesiredStream></rsp:Receive>`,
  };
}

/** Ends a shell with all that runs in it. */
export function deleteShell(shell: string): Message {
  return { action: actions.delete, resource, shell, body: '' };
}

/** Asks for the settings of the service, among them the longest envelope that it takes. */
export function getConfig(): Message {
  return { action: actions.get, resource: resources.config, body: '' };
}
