import { lintBundle } from '../../charm/lint/bundle/lint-bundle.ts';
import { groupOf } from '../command-line/group.ts';
import { each, formatted } from '../command-line/options.ts';
import { type LintFormat, lintFormats, tellFindings } from '../command-line/tell-findings.ts';
import type { Verb } from '../command-line/verb.ts';

const help = `
Examples:
  oriel bundle lint bundle.yaml
  oriel bundle lint bundle.yaml --overlay keystone.yaml --overlay mysql.yaml
  oriel bundle lint bundle.yaml --format json | jq '.[].rule'
  oriel bundle lint bundle.yaml --format sarif > bundle.sarif        for code hosts; junit: for CI`;

interface Flags {
  readonly overlay?: readonly string[];
  readonly format: LintFormat;
}

/** `oriel bundle lint`: errors in a bundle of anybody. */
export const bundleLint: Verb = (program, run) => {
  formatted(groupOf(program, 'bundle').command('lint'), lintFormats)
    .description(
      'look for what Juju refuses of a bundle with its overlays, and for what it ignores; exit code 1 when there are errors',
    )
    .argument('<bundle>', 'bundle file')
    .option('--overlay <file>', 'an overlay; may be repeated', each)
    .addHelpText('after', help)
    .action((file: string, { overlay, format }: Flags) =>
      run(async (context) => {
        const findings = lintBundle(file, overlay);
        return tellFindings({ verb: 'bundle lint', file, findings }, format, context);
      }),
    );
};
