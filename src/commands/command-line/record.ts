import type { Command } from 'commander';
import type { Context } from '../../deploy/context.ts';
import { recordingServices } from '../../deploy/record/services.ts';
import { openRecord } from '../../session/record/open-record.ts';

/** Gives a verb that opens sessions the option by which `recording` knows what to do. */
export function recordable(command: Command): Command {
  return command.option(
    '--record <file>',
    'write what nodes and services are asked and answer, without secrets, to a new file; `via: recorded` replays it',
  );
}

/**
 * Runs a verb, and records it where --record asks for that. Throws what the verb throws, InputError where the file cannot be made, and
 * FileError where the record is not whole.
 */
export async function recording(
  command: Command,
  context: Context,
  act: (context: Context) => Promise<number>,
): Promise<number> {
  const path: string | undefined = command.opts().record;
  if (path === undefined) return act(context);
  const oriel = command.parent?.version() ?? 'unknown';
  const record = openRecord(path, { oriel, verb: command.name() });
  const within = { ...context, sessions: { ...context.sessions, record } };
  let code: number;
  try {
    code = await recordingServices(record, () => act(within));
  } catch (error) {
    record.close();
    throw error;
  }
  const failure = record.close();
  if (failure) throw failure;
  return code;
}
