import { type Command, Option } from 'commander';
import { loadSite } from '../../components/index.ts';
import type { ConsentFlags } from '../../deploy/consent.ts';
import type { Context } from '../../deploy/context.ts';
import { warn } from '../../deploy/warn.ts';
import { type DrillReport, drillSite } from '../../drill/drill-site.ts';
import type { Scenario } from '../../drill/scenario.ts';
import { scenarios } from '../../drill/scenarios.ts';
import { InputError } from '../../errors.ts';
import { type CheckFormat, checkFormats, checkReports } from '../../report/checks/reports.ts';
import { table } from '../../report/table.ts';
import type { Deployment } from '../../site/deployment.ts';
import type { Share } from '../../site/share.ts';
import { formatted, siteArgument } from '../command-line/options.ts';
import { recordable, recording } from '../command-line/record.ts';
import type { Verb } from '../command-line/verb.ts';

interface Flags extends ConsentFlags {
  readonly format: CheckFormat;
  readonly scenario?: string;
  readonly share?: string;
  readonly disruptive?: true;
  readonly restore?: true;
}

const help = `
Takes something away from a node of the cluster that has the share, watches whether the rest takes over, and brings all back:
${table(
  scenarios.map(({ name, title, disruptive }) => [name, disruptive ? `${title}; needs --disruptive` : title]),
  { indent: '  ' },
)}
A cluster that is not fit for it is left alone: every node Up, no repair, checks STO-10 to STO-22 and STO-27 to
STO-30 without a failure.
What is watched: states and owners of nodes, groups and volumes, and the open files of the share. A node that keeps files
there writes one all the while as its service: how long a write hung, and whether one failed, is in the report.
It restores also after Ctrl-C; after a crash the next drill does so first, or --restore alone.
Exit code 1 when it is refused or fails; 130 when it is interrupted.

Examples:
  oriel drill site.yaml --scenario owner-move
  oriel drill site.yaml --scenario drain --yes --format html > drill.html
  oriel drill site.yaml --scenario unplanned --disruptive --yes
  oriel drill site.yaml --restore`;

/** `oriel drill`: proves that the cluster of a share survives the loss of a node, and brings all back. */
export const drill: Verb = (program, run) => {
  formatted(recordable(program.command('drill')), checkFormats)
    .description(
      'take a node away from the cluster of a share, see whether the rest takes over, and bring it back',
    )
    .addArgument(siteArgument())
    .addOption(new Option('--scenario <name>', 'what to do').choices(scenarios.map(({ name }) => name)))
    .option('--share <name>', 'the share, where the site has several on clusters')
    .option('-y, --yes', 'agree without being asked; needed where there is no terminal')
    .option('--disruptive', 'agree to a scenario that stops the cluster service of a node')
    .option('--restore', 'only bring back what a drill left that did not end')
    .addHelpText('after', help)
    .action((site: string, flags: Flags, command: Command) =>
      run((context) => recording(command, context, (within) => drillOf(site, flags, within))),
    );
};

async function drillOf(file: string, flags: Flags, context: Context): Promise<number> {
  const scenario = scenarioOf(flags);
  const deployment = await loadSite(file);
  const share = shareOf(deployment, flags.share);
  warn(deployment, context.emit);
  const found = await drillSite({ deployment, share, flags, context, ...(scenario && { scenario }) });
  if (found.results.length > 0) context.print(textOf(deployment, found, flags.format));
  return found.code;
}

function textOf(
  { name, release }: Deployment,
  { results, moments }: DrillReport,
  format: CheckFormat,
): string {
  const text = checkReports[format]({ verb: 'drill', deployment: name, release, results });
  if (format !== 'human' || moments.length === 0) return text;
  return `${table(moments.map(({ seconds, text }) => [`${seconds.toFixed(1)} s`, text]))}\n${text}`;
}

/** Throws InputError where nothing is to be done, or more than was agreed to. */
function scenarioOf({ scenario, restore, disruptive }: Flags): Scenario | undefined {
  if ((scenario === undefined) !== (restore === true))
    throw new InputError([
      {
        message: restore ? '--restore brings back, and does no --scenario' : 'a drill needs --scenario',
        hint: `--scenario ${scenarios.map(({ name }) => name).join('|')}, or --restore`,
      },
    ]);
  const found = scenarios.find(({ name }) => name === scenario);
  if (found?.disruptive && !disruptive)
    throw new InputError([
      {
        message: `${found.name} stops the cluster service of a node, as if it had failed`,
        hint: 'add --disruptive where that is wanted',
      },
    ]);
  return found;
}

/** The one share on a cluster, or the one that is named. Throws InputError. */
function shareOf({ shares }: Deployment, wanted: string | undefined): Share {
  const clustered = Object.values(shares).filter(({ kind, scope }) => kind !== 'smb' || scope !== undefined);
  const names = clustered.map(({ name }) => name).join(', ');
  const chosen = wanted === undefined ? clustered : clustered.filter(({ name }) => name === wanted);
  const [only] = chosen;
  if (only && chosen.length === 1) return only;
  if (clustered.length === 0)
    throw new InputError([
      {
        message: 'the site has no share on a cluster',
        hint: 'a drill is for storage.shares of kind sofs or csv',
      },
    ]);
  const message =
    wanted === undefined
      ? `several shares are on clusters: ${names}`
      : `no share on a cluster is called ${wanted}`;
  throw new InputError([{ message, hint: `--share: one of ${names}` }]);
}
