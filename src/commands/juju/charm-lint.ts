import { openTree } from '../../charm/archive/open-tree.ts';
import { lintCharm } from '../../charm/lint/charm/lint-charm.ts';
import { groupOf } from '../command-line/group.ts';
import { formatted } from '../command-line/options.ts';
import { type LintFormat, lintFormats, tellFindings } from '../command-line/tell-findings.ts';
import type { Verb } from '../command-line/verb.ts';

const help = `
Examples:
  oriel charm lint glance-windows_proxy.charm
  oriel charm lint ./my-charm                                a directory, or a project of charmcraft
  oriel charm lint new.charm --against old.charm             and what a refresh changes for users
  oriel charm lint x.charm --format json | jq '.[].rule'
  oriel charm lint x.charm --format sarif > charm.sarif        for code hosts; junit: for CI`;

interface Flags {
  readonly against?: string;
  readonly format: LintFormat;
}

/** `oriel charm lint`: errors in a charm of anybody. */
export const charmLint: Verb = (program, run) => {
  formatted(groupOf(program, 'charm').command('lint'), lintFormats)
    .description(
      'look for what Juju refuses of a charm, and for what nobody refuses although it breaks; exit code 1 when there are errors',
    )
    .argument('<charm>', 'a .charm file, a directory, or a project of charmcraft')
    .option('--against <charm>', 'the charm that users have: say what a refresh changes')
    .addHelpText('after', help)
    .action((path: string, { against, format }: Flags) =>
      run(async (context) => {
        const findings = lintCharm(openTree(path), against === undefined ? undefined : openTree(against));
        return tellFindings({ verb: 'charm lint', file: path, findings }, format, context);
      }),
    );
};
