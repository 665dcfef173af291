import { realpath, stat } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import type { Context } from '../../deploy/context.ts';
import { InputError, type Problem } from '../../errors.ts';
import { writeWhole } from '../../replace-file.ts';
import { siteFile } from '../../site/grammar/site-file.ts';
import { laidOut } from '../../site/yaml/layout.ts';
import { plain } from '../../site/yaml/located.ts';
import { readSource } from '../../site/yaml/source.ts';
import { parseYaml } from '../../site/yaml/yaml.ts';
import { defaultSite } from '../command-line/paths.ts';
import type { Verb } from '../command-line/verb.ts';

interface Flags {
  readonly check?: true;
}

const help = `
Two blanks for each level, one blank line at most, no blanks behind a line. Order, comments and what stands within a line stay as they are,
and so does what the file says.

Examples:
  oriel fmt                          writes site.yaml of the working directory
  oriel fmt --check sites/*.yaml     for CI: writes nothing, exit 3 where a file would change`;

/** `oriel fmt`: site files in one layout, so that a review shows what changed and nothing else. */
export const fmt: Verb = (program, run) => {
  program
    .command('fmt')
    .description('write site files in one layout; comments and order stay')
    .argument('[file...]', 'site files; default: site.yaml', [defaultSite])
    .option('--check', 'write nothing, name the files that would change, exit 3 if there are any')
    .addHelpText('after', help)
    .action((files: readonly string[], flags: Flags) => run((context) => format(files, flags, context)));
};

/** Throws InputError with what is wrong in any file; none is written then. */
async function format(files: readonly string[], { check }: Flags, { print }: Context): Promise<number> {
  const results = await Promise.all(files.map(layoutOf));
  const problems = results.flatMap((one) => ('problems' in one ? one.problems : []));
  if (problems.length > 0) throw new InputError(problems);
  const laid = results.flatMap((one) => ('problems' in one ? [] : [one]));
  for (const { file, before, after } of laid) {
    const isSame = before === after;
    if (!isSame && !check) await write(file, after);
    print(`${file}: ${isSame ? 'unchanged' : check ? 'not formatted' : 'formatted'}`);
  }
  return check && laid.some(({ before, after }) => before !== after) ? 3 : 0;
}

type Laid = { readonly file: string; readonly before: string; readonly after: string };

async function layoutOf(file: string): Promise<Laid | { readonly problems: readonly Problem[] }> {
  const source = await readSource(file, file);
  if ('message' in source) {
    const { message, at, hint } = source;
    const problem = { message: `${at ? 'the file' : file} ${message}`, ...(at && { position: at }) };
    return { problems: [{ ...problem, ...(hint && { hint }) }] };
  }
  const { root, problems } = parseYaml(source, siteFile);
  if (!root) return { problems };
  const after = laidOut(source.text);
  const again = parseYaml({ file, text: after }, siteFile);
  // Nothing is written that says something else.
  if (again.root && isDeepStrictEqual(plain(again.root), plain(root)))
    return { file, before: source.text, after };
  const message = `${file} cannot be formatted without changing what it says`;
  return { problems: [{ message, hint: 'indent it by hand; `oriel validate` reads it as it is' }] };
}

/** A link stays one, and a file keeps its mode. */
async function write(file: string, text: string): Promise<void> {
  const path = await realpath(file);
  const { mode } = await stat(path);
  await writeWhole(path, text, { mode: mode & 0o777 });
}
