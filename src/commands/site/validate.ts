import { componentsOf, loadSite, runs } from '../../components/index.ts';
import { describeProblem, InputError, type Problem } from '../../errors.ts';
import type { Emit } from '../../events/events.ts';
import type { ReportedFinding } from '../../report/findings/report.ts';
import { lines as safe } from '../../report/visible.ts';
import type { Deployment } from '../../site/deployment.ts';
import { formatted } from '../command-line/options.ts';
import { type LintFormat, lintFormats, reportFindings } from '../command-line/tell-findings.ts';
import type { Verb } from '../command-line/verb.ts';

interface Flags {
  readonly format: LintFormat;
  readonly secrets: boolean;
}

/** What was found in one file: its Deployment where nothing is wrong, and all that is to be said of it. */
interface SiteVerdict {
  readonly file: string;
  readonly deployment?: Deployment;
  readonly problems: readonly Problem[];
}

export const validate: Verb = (program, run) => {
  formatted(program.command('validate'), lintFormats)
    .description('check site files: every error with its place, all at once')
    .argument('[file...]', 'site files; default: site.yaml', ['site.yaml'])
    .option('--no-secrets', 'do not ask the sources of secrets')
    .addHelpText(
      'after',
      '\nExamples:\n  $ oriel validate site.yaml\n  site.yaml: ok: images, release 2024.2, ...\n  $ oriel validate sites/*.yaml --format sarif > sites.sarif',
    )
    .action((files: readonly string[], { format, secrets }: Flags) =>
      run(async ({ print, emit }) => {
        const verdicts: SiteVerdict[] = [];
        for (const file of files) {
          const verdict = await judge(file, secrets, emit);
          verdicts.push(verdict);
          if (format === 'human') print(describe(verdict));
        }
        if (format === 'json') print(JSON.stringify(verdicts.map(plain), null, 2));
        else if (format !== 'human') print(reportFindings(format, 'validate', files, findingsOf(verdicts)));
        else if (files.length > 1) print(tally(verdicts));
        return verdicts.every(({ deployment }) => deployment) ? 0 : 2;
      }),
    );
};

/** Problems as findings; those without a place are about the file. */
function findingsOf(verdicts: readonly SiteVerdict[]): readonly ReportedFinding[] {
  return verdicts.flatMap(({ file, problems }) =>
    problems.map(({ message, path, position, hint, severity = 'error' }) => ({
      ...{ rule: 'site-file', severity, file, ...position },
      message: path === undefined ? message : `${message} (${path})`,
      ...(hint !== undefined && { remedy: hint }),
    })),
  );
}

/** Loads one file. Programs that are asked for secrets may take their time, so there is a sign of life every second. */
async function judge(file: string, secrets: boolean, emit: Emit): Promise<SiteVerdict> {
  const waiting = setInterval(
    () => emit({ kind: 'build-progress', stage: 'secrets', message: `waiting for the secrets of ${file}` }),
    1000,
  );
  try {
    const deployment = await loadSite(file, { secrets: secrets ? 'resolve' : 'placeholder' });
    // Files that the site brings are read where they are rendered.
    for (const component of componentsOf(deployment))
      for (const node of deployment.nodes.filter((one) => runs(component, one)).slice(0, 1))
        component.files(deployment, node);
    return { file, deployment, problems: deployment.warnings };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { file, problems: error.problems };
  } finally {
    clearInterval(waiting);
  }
}

function describe({ file, deployment, problems }: SiteVerdict): string {
  const verdict = deployment ? `ok: ${summary(deployment)}` : count(problems.length, 'error');
  return safe([...problems.map(describeProblem), `${file}: ${verdict}`].join('\n'));
}

/** `images, release 2024.2, clock on 2 nodes (node-1, node-2)`, with what each component says of itself. */
function summary(deployment: Deployment): string {
  const { name, release } = deployment;
  const parts = componentsOf(deployment).map((component) => {
    const names = deployment.nodes.filter((node) => runs(component, node)).map((node) => node.name);
    const where = `${component.name} on ${count(names.length, 'node')} (${names.join(', ')})`;
    return component.summary ? `${where}, ${component.summary(deployment)}` : where;
  });
  return [name, `release ${release}`, ...parts].join(', ');
}

function tally(verdicts: readonly SiteVerdict[]): string {
  const good = verdicts.filter(({ deployment }) => deployment).length;
  const mistakes = verdicts.flatMap(({ deployment, problems }) => (deployment ? [] : problems)).length;
  return `${count(verdicts.length, 'file')}: ${good} ok, ${verdicts.length - good} with ${count(mistakes, 'error')}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

function plain({ file, deployment, problems }: SiteVerdict) {
  return {
    file,
    ok: deployment !== undefined,
    ...(deployment && { summary: summary(deployment) }),
    problems,
  };
}
