import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import type { Context } from '../../deploy/context.ts';
import { InputError } from '../../errors.ts';
import type { Nagios } from '../../juju/converge/nagios-check.ts';
import { runHook } from '../../juju/hook.ts';
import { readCharm } from '../../juju/read-charm.ts';
import { hookEventOf } from '../../juju/tools/hook-event.ts';
import { hookTools } from '../../juju/tools/hook-tools.ts';
import { agentTools } from '../../juju/tools/run-tool.ts';
import { run } from '../../process.ts';
import type { Verb } from '../command-line/verb.ts';

/** `oriel charm hook`: what `dispatch` of a charm starts for every hook and action; nobody types it. */
export const charmHook: Verb = (program, act) => {
  const group =
    program.commands.find((command) => command.name() === 'charm') ??
    program.command('charm', { hidden: true });
  group.command('hook', { hidden: true }).action(() => act(hook));
};

/** Throws InputError where no Juju agent started it. */
async function hook({ emit, sessions }: Context): Promise<number> {
  const event = hookEventOf(process.env);
  if (!event)
    throw new InputError([
      { message: 'no Juju agent started this', hint: 'the file dispatch of a charm does' },
    ]);
  const { charmDirectory } = event;
  const charm = await readCharm(charmDirectory);
  // Beside the folder of the charm, which an upgrade replaces.
  const folder = join(dirname(charmDirectory), 'oriel');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const tools = hookTools(agentTools);
  const local = {
    name: hostname().toLowerCase(),
    address: await addressOf(charm.flavour === 'native', tools),
  };
  const end = await runHook(event, {
    charm,
    tools,
    folder,
    local,
    build: await buildId(),
    context: { emit, ...(sessions && { sessions }) },
    ...(charm.flavour === 'proxy' && { nagios }),
  });
  // What still hangs would keep the program, and with it every hook of the machine.
  if (end === 'over') process.exit(0);
  return 0;
}

/** Where helpers of charms for Linux write checks (charmhelpers, NRPE). */
const nagios: Nagios = {
  commands: '/etc/nagios/nrpe.d',
  exported: '/var/lib/nagios/export',
  restart: async () => {
    await run('systemctl', ['restart', 'nagios-nrpe-server'], { timeout: 60_000 });
  },
};

async function addressOf(native: boolean, tools: ReturnType<typeof hookTools>): Promise<string> {
  return native ? tools.address('internal') : '';
}

/** The program itself says which charm it is. */
async function buildId(): Promise<string> {
  const program = await readFile(process.argv[1] ?? '');
  return createHash('sha256').update(program).digest('hex').slice(0, 16);
}
