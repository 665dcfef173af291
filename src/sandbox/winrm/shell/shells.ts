import { WsmanFault } from '../soap/fault.ts';
import { newId } from '../soap/reply.ts';
import type { ShellCommand } from './command.ts';

/** What a client asks for when it opens a shell. */
export interface ShellWishes {
  /** Who has opened it. */
  readonly owner: string;
  readonly clientAddress: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Windows path. */
  readonly directory?: string;
  /** Milliseconds without a message after which it is gone. */
  readonly idleTimeout: number;
}

export interface Shell extends ShellWishes {
  readonly id: string;
  readonly commands: Map<string, ShellCommand>;
  /** Of all its commands, also those that have ended: WinRM counts each as an operation until the shell is gone. */
  started: number;
  isDisconnected: boolean;
}

/** The shells of a node: one set for all its listeners, and for as long as it runs. */
export interface Shells {
  readonly open: (wishes: ShellWishes) => Shell;
  /** A message for it has come: its time begins anew. Throws WsmanFault `noShell` where it is none of this account. */
  readonly find: (id: string, owner: string) => Shell;
  readonly all: (owner: string) => readonly Shell[];
  readonly count: () => number;
  /** Ends it, with all that runs in it. */
  readonly close: (id: string) => void;
  readonly closeAll: () => void;
}

export function shellsOf(): Shells {
  const open = new Map<string, { readonly shell: Shell; timer: NodeJS.Timeout }>();
  const close = (id: string): void => {
    const entry = open.get(id);
    open.delete(id);
    clearTimeout(entry?.timer);
    for (const command of entry?.shell.commands.values() ?? []) command.terminate();
  };
  const timerOf = ({ id, idleTimeout }: Shell): NodeJS.Timeout =>
    setTimeout(() => close(id), Math.min(idleTimeout, 2 ** 31 - 1)).unref();
  return {
    open(wishes) {
      const shell: Shell = { ...wishes, id: newId(), commands: new Map(), started: 0, isDisconnected: false };
      open.set(shell.id, { shell, timer: timerOf(shell) });
      return shell;
    },
    find(id, owner) {
      const entry = open.get(id.toUpperCase());
      if (entry?.shell.owner !== owner) throw new WsmanFault('noShell', id);
      clearTimeout(entry.timer);
      entry.timer = timerOf(entry.shell);
      return entry.shell;
    },
    all: (owner) => [...open.values()].map(({ shell }) => shell).filter((shell) => shell.owner === owner),
    count: () => open.size,
    close,
    closeAll: () => [...open.keys()].forEach(close),
  };
}
