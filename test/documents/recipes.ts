import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';

/** A recipe of examples/ci, and the commands that the CI system gives to a shell, in their order. */
export interface Recipe {
  readonly file: string;
  readonly commands: readonly string[];
}

interface GitHub {
  readonly jobs: { readonly [name: string]: { readonly steps: readonly { readonly run?: string }[] } };
}

interface GitLab {
  readonly [job: string]: { readonly before_script?: readonly string[]; readonly script?: readonly string[] };
}

const folder = 'examples/ci';

/** All recipes. The Jenkinsfile is Groovy: its commands are the words of `sh`. */
export function recipes(): readonly Recipe[] {
  const text = (file: string): string => readFileSync(`${folder}/${file}`, 'utf8');
  const { jobs } = load(text('github.yml')) as GitHub;
  const github = Object.values(jobs).flatMap(({ steps }) =>
    steps.flatMap(({ run }) => run?.trim().split('\n') ?? []),
  );
  const gitlab = Object.values(load(text('gitlab-ci.yml')) as GitLab).flatMap((job) => [
    ...(job.before_script ?? []),
    ...(job.script ?? []),
  ]);
  const jenkins = [...text('Jenkinsfile').matchAll(/\bsh '([^']+)'/g)].map((match) => match[1] ?? '');
  return [
    { file: 'github.yml', commands: github },
    { file: 'gitlab-ci.yml', commands: gitlab },
    { file: 'Jenkinsfile', commands: jenkins },
  ];
}

/** What brings programs to the machine of the CI system; here they are there. */
export function installs(command: string): boolean {
  return /^(sudo )?(apt-get|npm|pipx) |^export PATH=/.test(command);
}

/** The artefacts that a recipe keeps, as it names them. */
export function artefactsOf({ file }: Recipe): string {
  return readFileSync(`${folder}/${file}`, 'utf8');
}
