import { setTimeout as sleep } from 'node:timers/promises';
import { SessionError } from '../../../errors.ts';
import type { AskOptions } from '../http/channel.ts';
import { BrokenError } from '../http/connection.ts';
import { commandIn, envelopeSizeIn, shellIn } from '../soap/answers.ts';
import { faultError, isTimedOut } from '../soap/fault.ts';
import { createShell, getConfig, runCommand } from '../soap/messages.ts';
import type { Answer, Ask } from './wsman.ts';

/**
 * Milliseconds after which a node deletes a shell that nobody asks for: a controller that lost its power leaves nothing for longer.
 * While a session is open there is always a question under way.
 */
const idleMs = 180_000;
/** A shell that nobody knows of does nothing and goes when it is idle, so this is the only question that is asked again freely. */
const maxCreates = 3;
const pauseMs = 500;
/** Bytes of the longest envelope before WinRM 3.0, for a node that does not tell its own. */
const smallEnvelope = 150 * 1024;

/** Opens a shell and gives its identifier. Throws SessionError, and the reason of the signal. */
export async function openShell(node: string, ask: Ask, options: AskOptions): Promise<string> {
  for (let tries = 1; ; tries += 1) {
    try {
      const answer = await ask(createShell(idleMs), options);
      if (answer.fault && !(isTimedOut(answer.fault) && tries < maxCreates))
        throw faultError(node, 'to open a shell', answer.fault);
      const shell = answer.fault ? undefined : shellIn(answer.body);
      if (shell) return shell;
      if (!answer.fault)
        throw new SessionError(node, 'protocol', 'the node opened a shell and did not name it');
    } catch (error) {
      if (!(error instanceof BrokenError)) throw error;
      if (tries >= maxCreates) throw unopened(node, error);
    }
    await sleep(pauseMs, undefined, { ...(options.signal && { signal: options.signal }) });
  }
}

/** Starts a program in a shell and gives the identifier of the command. Never tried twice. */
export async function startCommand(
  node: string,
  ask: Ask,
  shell: string,
  line: string,
  options: AskOptions,
): Promise<string> {
  const answer: Answer = await ask(runCommand(shell, line), options).catch((error: unknown) => {
    throw error instanceof BrokenError ? unopened(node, error) : error;
  });
  if (answer.fault) throw faultError(node, 'to start a program', answer.fault);
  const command = commandIn(answer.body);
  if (command) return command;
  throw new SessionError(node, 'protocol', 'the node started a program and did not name it');
}

/** Bytes of the longest envelope that a node takes; that of the oldest where this account may not read it. */
export async function envelopeSize(ask: Ask, options: AskOptions): Promise<number> {
  const answer = await ask(getConfig(), options).catch((error: unknown) => {
    if (error instanceof BrokenError) return undefined;
    throw error;
  });
  return (answer && !answer.fault && envelopeSizeIn(answer.body)) || smallEnvelope;
}

function unopened(node: string, error: BrokenError): SessionError {
  return new SessionError(
    node,
    'unreachable',
    `the node took the login and then gave no shell: ${error.message}`,
    'Is WinRM about to restart there? `Get-WinEvent Microsoft-Windows-WinRM/Operational` on the node tells more.',
    { cause: error },
  );
}
