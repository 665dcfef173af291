import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import type { Context } from '../../deploy/context.ts';
import { sandboxDown, sandboxPurge } from '../../sandbox/run/down.ts';
import type { SandboxService, SandboxSettings } from '../../sandbox/run/settings.ts';
import type { SandboxState } from '../../sandbox/run/state.ts';
import { sandboxStatus } from '../../sandbox/run/status.ts';
import { supervise } from '../../sandbox/run/supervise.ts';
import { sandboxUp } from '../../sandbox/run/up.ts';
import { formatted } from '../command-line/options.ts';
import { suggest } from '../command-line/suggest.ts';
import type { Verb } from '../command-line/verb.ts';

interface UpFlags {
  readonly nodes: string;
  readonly directory: string;
  readonly scenario?: string;
  readonly address: string;
  readonly port: string;
  readonly simulated?: boolean;
  readonly powershell?: string;
  readonly with?: string;
  readonly json?: boolean;
}

interface Flags {
  readonly directory: string;
  readonly json?: boolean;
  readonly purge?: boolean;
}

const where = ['--directory <path>', 'folder of the sandbox', join('.oriel', 'sandbox')] as const;

/** `oriel sandbox up|status|down`: stand-in Windows nodes on this machine. */
export const sandbox: Verb = (program, run) => {
  const group = program
    .command('sandbox')
    .description('Windows nodes to try things on, on this machine: real SSH, Wine or a folder behind it.');
  group.addHelpText(
    'after',
    '\nExample:\n  oriel sandbox up --with keystone,mariadb\n  oriel sandbox down\n',
  );
  upVerb(group, run);
  formatted(group.command('status'))
    .description('Shows what is up; exit code 1 when it is not healthy.')
    .option(...where)
    .addHelpText('after', '\nExample:\n  oriel sandbox status --json\n')
    .action((flags: Flags) => run((context) => status(flags, context)));
  group
    .command('down')
    .description('Ends everything of a sandbox; its files stay for the next `up`.')
    .option(...where)
    .option('--purge', 'removes its files too')
    .addHelpText('after', '\nExample:\n  oriel sandbox down --purge\n')
    .action((flags: Flags) => run((context) => down(flags, context)));
  hidden(group, run);
};

function upVerb(group: Command, run: Parameters<Verb>[1]): void {
  formatted(group.command('up'))
    .description('Starts nodes and what they need; says so when they are up already.')
    .option('--nodes <number>', 'how many', '2')
    .option(...where)
    .option('--scenario <file>', 'what SMB and cluster cmdlets answer; default: a healthy two-node cluster')
    .option('--address <address>', 'loopback address of the first node', '127.0.0.2')
    .option('--port <number>', 'of every SSH server', '2222')
    .option('--simulated', 'without Wine, also where it is installed')
    .option(
      '--powershell <path>',
      'PowerShell for Windows x64, a folder or the zip: the nodes run it in Wine; default: ORIEL_POWERSHELL',
    )
    .option('--with <names>', 'services to start too: keystone, mariadb')
    .addHelpText(
      'after',
      '\nExample:\n  oriel sandbox up --nodes 3 --directory /tmp/three --address 127.0.1.2\n',
    )
    .action((flags: UpFlags) => run((context) => up(flags, context)));
}

/** What `up` starts in the background; nobody types it. */
function hidden(group: Command, run: Parameters<Verb>[1]): void {
  group.command('supervise <directory>', { hidden: true }).action((directory: string) =>
    run(async () => {
      await supervise(directory);
      return 0;
    }),
  );
}

async function up(flags: UpFlags, context: Context): Promise<number> {
  const { print, emit } = context;
  const powershell = flags.powershell ?? (flags.simulated ? '' : (process.env.ORIEL_POWERSHELL ?? ''));
  const settings: SandboxSettings = {
    nodes: Number(flags.nodes),
    address: flags.address,
    port: Number(flags.port),
    simulated: flags.simulated ?? false,
    services: (flags.with?.split(',') ?? []).map((name) => name.trim() as SandboxService).sort(),
    ...(powershell !== '' && { powershell: resolve(powershell) }),
    ...(flags.scenario !== undefined && { scenario: resolve(flags.scenario) }),
  };
  const state = await sandboxUp(flags.directory, settings, { emit });
  if (flags.json) print(JSON.stringify(state, null, 2));
  else
    print(`${state.already ? 'already up, nothing changed' : 'up'}: ${flags.directory}\n${describe(state)}`);
  suggest(context, 'oriel init --sandbox, and then oriel build');
  return 0;
}

async function status({ directory, json }: Flags, { print }: Context): Promise<number> {
  const found = await sandboxStatus(directory);
  const { state, healthy, answering } = found;
  if (json) print(JSON.stringify(found, null, 2));
  else if (!state) print(`no sandbox is up in ${directory}`);
  else {
    const silent = state.nodes.filter(({ name }) => !answering.includes(name)).map(({ name }) => name);
    const trouble = silent.length > 0 ? `\nno answer from ${silent.join(', ')}` : '';
    print(`${healthy ? 'up' : `not healthy (${state.phase})`}: ${directory}\n${describe(state)}${trouble}`);
  }
  return healthy ? 0 : 1;
}

async function down({ directory, purge }: Flags, { print }: Context): Promise<number> {
  const ran = await sandboxDown(directory);
  if (purge) await sandboxPurge(directory);
  print(
    `${ran ? 'down, nothing is left running' : 'nothing was up'}: ${directory}${purge ? ', removed' : ''}`,
  );
  return 0;
}

function describe({ nodes, services, notes }: SandboxState): string {
  return [
    ...nodes.map(
      (node) =>
        `  ${node.name}  ${node.address}:${node.port}  winrm ${node.winrm.http}, ${node.winrm.https}  ${platformOf(node)}`,
    ),
    ...services.map(({ name, url }) => `  ${name}  ${url}`),
    ...notes.map((note) => `  note: ${note}`),
  ].join('\n');
}

function platformOf({ platform, powershell }: SandboxState['nodes'][number]): string {
  return powershell === undefined ? platform : `powershell ${/^\d+\.\d+/.exec(powershell)?.[0]} in Wine`;
}
