import { join } from 'node:path';
import type { Context } from '../../deploy/context.ts';
import { BuildError, InputError, InternalError } from '../../errors.ts';
import { switchFault } from '../../sandbox/faults/switch.ts';
import { faultEffects, faultNamed, faultNames, readFaults } from '../../sandbox/node/faults.ts';
import { sandboxStatus } from '../../sandbox/run/status.ts';
import { formatted } from '../command-line/options.ts';
import type { Verb } from '../command-line/verb.ts';

interface Flags {
  readonly directory: string;
  readonly format: 'human' | 'json';
}

/** `oriel sandbox fault [NAME on|off]`: what goes wrong in a sandbox, switched while it runs. */
export const sandboxFault: Verb = (program, run) => {
  const group = program.commands.find((command) => command.name() === 'sandbox');
  if (!group) throw new InternalError('the verb sandbox has to be there before sandbox fault');
  formatted(group.command('fault [name] [state]'))
    .description('Lists what can go wrong in a sandbox, or switches one of it on or off while it runs.')
    .option('--directory <path>', 'folder of the sandbox', join('.oriel', 'sandbox'))
    .addHelpText(
      'after',
      '\nExample:\n  oriel sandbox fault\n  oriel sandbox fault share-offline on\n  oriel sandbox fault share-offline off\n',
    )
    .action((name: string | undefined, state: string | undefined, flags: Flags) =>
      run((context) => (name === undefined ? list(flags, context) : change(name, state, flags, context))),
    );
};

async function list({ directory, format }: Flags, { print }: Context): Promise<number> {
  const on = readFaults(directory);
  const all = faultNames.map((name) => ({ name, on: on.includes(name), effect: faultEffects[name] }));
  if (format === 'json') print(JSON.stringify(all, null, 2));
  else
    print(
      all.map((each) => `  ${each.name.padEnd(26)}  ${each.on ? 'on ' : 'off'}  ${each.effect}`).join('\n'),
    );
  return 0;
}

async function change(
  name: string,
  state: string | undefined,
  { directory }: Flags,
  { print }: Context,
): Promise<number> {
  const fault = faultNamed(name);
  if (state !== 'on' && state !== 'off')
    throw new InputError([
      {
        message: `${state ?? 'nothing'} is not a valid state of a fault`,
        hint: `Give on or off: oriel sandbox fault ${fault} on`,
      },
    ]);
  if (!(await sandboxStatus(directory)).healthy)
    throw new BuildError(`no sandbox is up in ${directory}`, 'Start it first: oriel sandbox up');
  const changed = await switchFault(directory, fault, state === 'on');
  print(`${fault} is ${state}${changed ? '' : ' already'}: ${faultEffects[fault]}`);
  return 0;
}
