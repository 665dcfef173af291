import { type Command, Option } from 'commander';
import { allErrors, checksOf, loadSite } from '../../components/index.ts';
import type { Context } from '../../deploy/context.ts';
import { openNode } from '../../deploy/open-node.ts';
import { removeOrphans } from '../../deploy/orphans/remove-orphans.ts';
import { withServicesOf } from '../../deploy/record/services.ts';
import { warn } from '../../deploy/warn.ts';
import { InputError, interruptedCode } from '../../errors.ts';
import { type DiskFormat, diskFormats } from '../../openstack/disk-formats.ts';
import { onlyNodes } from '../../plan/model/only-nodes.ts';
import { withSessions } from '../../plan/observe/connect.ts';
import { interrupted, onInterrupt } from '../../plan/run/interrupt.ts';
import { type CheckFormat, checkFormats, checkReports, describeCheck } from '../../report/checks/reports.ts';
import { json } from '../../report/json.ts';
import { table } from '../../report/table.ts';
import type { Session } from '../../session/session.ts';
import type { Deployment, NodeSettings } from '../../site/deployment.ts';
import { bytesOf, sizePattern } from '../../site/values/units.ts';
import type { Check } from '../../verify/check.ts';
import { matching, onlyChecks } from '../../verify/choose.ts';
import { inOrder } from '../../verify/order.ts';
import { runChecks } from '../../verify/run-checks.ts';
import { each, formatted, siteArgument } from '../command-line/options.ts';
import { recordable, recording } from '../command-line/record.ts';
import type { Verb } from '../command-line/verb.ts';

interface Flags {
  readonly size?: string;
  readonly format: CheckFormat;
  readonly node?: readonly string[];
  readonly only?: readonly string[];
  readonly list?: true;
  readonly explain?: string;
  readonly diskFormat?: DiskFormat;
  readonly fix?: true;
  readonly yes?: true;
  readonly json?: true;
}

const help = `
Runs the checks of every component of the site and of its storage, from outside and on its nodes; what they create is deleted again. A check ends as
pass, warn, fail or skip; what needs a check that failed is skipped.
Exit code 1 when a check fails; 130 when it is interrupted.

Examples:
  oriel verify site.yaml --size 64MiB
  oriel verify site.yaml --list
  oriel verify site.yaml --explain health
  oriel verify site.yaml --only 'health' --only 'keystone/**'
  oriel verify site.yaml --only 'STO-2*'
  oriel verify site.yaml --fix                  files that belong to no image: shows them, asks, removes them
  oriel verify site.yaml --format junit > verify.xml
  oriel verify site.yaml --format html > verify.html          one page; --format markdown: for a ticket`;

/** `oriel verify`: proves from outside that what the site has on its nodes works. */
export const verify: Verb = (program, run) => {
  formatted(recordable(program.command('verify')), checkFormats)
    .description('prove that what is deployed works: run the checks of every component')
    .addArgument(siteArgument())
    .option('--size <size>', 'size of what is uploaded, `8MiB`; default: rollout.health.upload')
    .addOption(
      new Option('--disk-format <format>', 'what uploaded images call themselves; default: raw').choices(
        diskFormats,
      ),
    )
    .option('-n, --node <name>', 'only this node; may be repeated', each)
    .option('--only <checks>', 'only these checks and what they need, with *; may be repeated', each)
    .option('--list', 'list the checks and run none')
    .option('--explain <check>', 'show what a check tries, why, and what to do when it fails; run none')
    .option(
      '--fix',
      'in place of all checks: find files that belong to no image, show them, ask, and remove them',
    )
    .option('-y, --yes', 'agree to --fix without being asked; needed where there is no terminal')
    .addHelpText('after', help)
    .action((site: string, flags: Flags, command: Command) =>
      run((context) => recording(command, context, (within) => verifySite(site, flags, within))),
    );
};

async function verifySite(site: string, flags: Flags, context: Context): Promise<number> {
  const { size, node, only, diskFormat } = flags;
  const deployment = onlyNodes(await loadSite(site), node);
  warn(deployment, context.emit);
  if (flags.fix) return fix(deployment, flags, context);
  if (flags.yes)
    throw new InputError([{ message: '--yes agrees to --fix alone', hint: 'add --fix, or leave it out' }]);
  const bytes = size === undefined ? deployment.rollout.health.upload : parseSize(size);
  const all = checksOf(deployment, { bytes, ...(diskFormat && { format: diskFormat }) });
  const checks = inOrder(only ? onlyChecks(all, only) : all);
  if (flags.explain !== undefined) return explain(checks, flags.explain, context);
  if (flags.list) return list(checks, flags.format, context);
  return runAll(deployment, checks, flags.format, context);
}

/** Throws InputError for what chooses checks, or another report than events. */
function fix(deployment: Deployment, flags: Flags, context: Context): Promise<number> {
  const beside = ['only', 'list', 'explain', 'size', 'diskFormat'] as const;
  const given = beside.find((name) => flags[name] !== undefined);
  const other = given ?? (/^(human|json)$/.test(flags.format) ? undefined : 'format');
  if (other === undefined) return removeOrphans(deployment, flags, context);
  const flag = other.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  throw new InputError([{ message: `--fix makes nothing of --${flag}`, hint: `leave --${flag} out` }]);
}

/** 1 where a check fails; 130 where somebody interrupts, as the rest is not known. */
async function runAll(
  deployment: Deployment,
  checks: readonly Check[],
  format: CheckFormat,
  { print, emit, sessions, width }: Context,
): Promise<number> {
  const { stop, abort, release } = onInterrupt(emit);
  const open = (node: NodeSettings): Promise<Session> =>
    openNode(node, emit, { ...sessions, signal: abort, abort });
  const nodes = deployment.nodes.filter(({ name }) => checks.some(({ node }) => node === name));
  try {
    const results = await withServicesOf(deployment, () =>
      withSessions(nodes, open, emit, (connections) =>
        runChecks(checks, { connections, emit, errors: allErrors, signal: stop }),
      ),
    );
    print(
      checkReports[format](
        { verb: 'verify', deployment: deployment.name, release: deployment.release, results },
        width,
      ),
    );
    if (stop.aborted) return interruptedCode;
    return results.some(({ verdict }) => verdict === 'fail') ? 1 : 0;
  } catch (error) {
    throw interrupted(error, { stop });
  } finally {
    release();
  }
}

function list(checks: readonly Check[], format: CheckFormat, { print }: Context): number {
  if (format === 'json')
    print(
      json(
        checks.map(({ run: _, asks: __, ...check }) => check),
        2,
      ),
    );
  else print(table(checks.map(({ id, title }) => [id, title])));
  return 0;
}

/** Throws InputError where no check is called so. */
function explain(checks: readonly Check[], name: string, { print }: Context): number {
  const named = matching(checks, name);
  if (named.length === 0) onlyChecks(checks, [name]);
  print(named.map(describeCheck).join('\n\n'));
  return 0;
}

function parseSize(size: string): number {
  if (sizePattern.test(size)) return bytesOf(size);
  throw new InputError([
    { message: `--size ${size} is not a valid size`, hint: 'write it as 65536, 512KiB or 8MiB' },
  ]);
}
