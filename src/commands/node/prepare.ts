import { readFile } from 'node:fs/promises';
import type { Context } from '../../deploy/context.ts';
import { InputError, type Problem } from '../../errors.ts';
import { type PreparedVia, preparations, preparedVias } from '../../prepare/prepare.ts';
import { type PrepareFlags, readSettings } from '../../prepare/read-settings.ts';
import { preparationText } from '../../prepare/render.ts';
import { runScript } from '../../prepare/run.ts';
import { windowsVersions } from '../../prepare/settings.ts';
import { endpointFor } from '../../session/psremoting/jea/endpoint.ts';
import { endpointScript } from '../../session/psremoting/jea/script.ts';
import { each, oneOf } from '../command-line/options.ts';
import type { Verb } from '../command-line/verb.ts';

interface Flags extends PrepareFlags {
  readonly via: PreparedVia;
  readonly jea?: string;
  readonly undo?: true;
  readonly run?: true;
}

const help = `
Prints commands for PowerShell 3.0 and later, each with its reason, least rights first: they open one port to some addresses, and nothing to all.
Paste them into a PowerShell on the node that was started with "Run as administrator", or save them as a .ps1 there.

Examples:
  oriel node prepare --via ssh --windows 2022 --key ~/.ssh/id_ed25519.pub --from 10.0.0.5
  oriel node prepare --via winrm --windows 2019 --from 10.0.0.0/24 > prepare.ps1
  oriel node prepare --via winrm --windows 2019 --from 10.0.0.0/24 --undo
  oriel node prepare --via psremoting --jea 'EXAMPLE\\oriel' > endpoint.ps1`;

/** `oriel node prepare`: what makes a fresh Windows ready for a way to it. */
export const nodePrepare: Verb = (program, run) => {
  program
    .command('node')
    .description('commands for the nodes themselves')
    .command('prepare')
    .description('print (or run, on the node itself) the commands that make a fresh Windows ready')
    .addOption(oneOf('--via <via>', 'how the node is to be reached', preparedVias, 'ssh'))
    .addOption(oneOf('--windows <version>', 'its Windows Server', windowsVersions, '2022'))
    .option(
      '--from <address>',
      'who may connect: an address, a network, LocalSubnet (default); may be repeated',
      each,
    )
    .option('--key <file>', 'ssh: public key that lets administrators in')
    .option(
      '--zip <path>',
      'ssh, before 2019: where the node has the zip of OpenSSH',
      'C:\\Windows\\Temp\\OpenSSH-Win64.zip',
    )
    .option('--http', 'winrm: over HTTP with sealed messages, without a certificate')
    .option('--host-name <name>', 'winrm: DNS name in the certificate; default: name of the computer')
    .option('--thumbprint <digits>', 'winrm: of a certificate that the node has; default: it makes one')
    .option('--token-filter', 'winrm: full rights over the network for all local administrators')
    .option('--jea <group>', 'psremoting: an endpoint that lets this group start the agent, and nothing else')
    .option('--undo', 'the commands that take it back')
    .option('--run', 'run them here, on the node itself')
    .addHelpText('after', help)
    .action((flags: Flags) => run((context) => prepare(flags, context)));
};

async function prepare({ via, undo, run, key, jea, ...flags }: Flags, { print }: Context): Promise<number> {
  if (run && process.platform !== 'win32')
    throw new InputError([
      {
        message: '--run prepares the machine that oriel runs on, and this one is not Windows',
        hint: 'leave --run out, and paste what is printed into a PowerShell on the node',
      },
    ]);
  if (jea !== undefined) checkEndpoint(jea, via, run ?? false);
  const settings = readSettings({ ...flags, ...(key !== undefined && { key: await readKey(key) }) });
  const parts = [preparationText(preparations[via](settings), undo ?? false)];
  if (jea !== undefined) parts.push(endpointScript(endpointFor(jea), undo ?? false));
  const script = (undo ? parts.toReversed() : parts).join('\n');
  print(run ? await runScript(script) : script);
  return 0;
}

/** Throws InputError where no endpoint can be made for this group, or not in this way. */
function checkEndpoint(group: string, via: PreparedVia, run: boolean): void {
  const problems: Problem[] = [];
  if (via !== 'psremoting')
    problems.push({ message: `--jea has no use with --via ${via}`, hint: 'write --via psremoting' });
  if (!/^[^\p{Cc}"/[\]:;|=,+*?<>]{1,256}$/u.test(group))
    problems.push({ message: '--jea names no group', hint: 'write it as Windows has it: EXAMPLE\\oriel' });
  if (run)
    problems.push({
      message: '--jea brings more than --run can take',
      hint: 'save what is printed as a .ps1 on the node, and run it there',
    });
  if (problems.length > 0) throw new InputError(problems);
}

async function readKey(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new InputError([{ message: `--key ${file} cannot be read: ${(error as Error).message}` }]);
  }
}
