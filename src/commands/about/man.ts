import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { programVersion } from '../../data-files.ts';
import type { Context } from '../../deploy/context.ts';
import { InputError } from '../../errors.ts';
import { manPage, pageName } from '../../manual/man.ts';
import { type CommandOutline, outlineOf } from '../../manual/outline.ts';
import { writeWhole } from '../../replace-file.ts';
import { nearestName } from '../../site/yaml/nearest.ts';
import type { Verb } from '../command-line/verb.ts';

const help = `
Examples:
  oriel man apply | man -l -
  oriel man msi build > oriel-msi-build.1
  oriel man --out man1                       every page, a file for each`;

/** `oriel man`: manual pages, made from the program itself. */
export const man: Verb = (program, run) => {
  program
    .command('man')
    .description('print the manual page of a verb, or of oriel')
    .argument('[verb...]', 'a verb: `apply`, `msi build`')
    .option('--out <folder>', 'write every page there')
    .addHelpText('after', help)
    .action((words: readonly string[], { out }: { readonly out?: string }) =>
      run((context) => printPages(outlineOf(program), words, out, context)),
    );
};

async function printPages(
  outlines: readonly CommandOutline[],
  words: readonly string[],
  out: string | undefined,
  { print }: Context,
): Promise<number> {
  const version = programVersion();
  if (out !== undefined) {
    await mkdir(out, { recursive: true });
    for (const outline of outlines)
      await writeWhole(join(out, `${pageName(outline)}.1`), manPage(outline, version));
    print(`${out}: ${outlines.length} pages`);
    return 0;
  }
  const path = words.join(' ');
  const outline = outlines.find((one) => one.path === path);
  if (outline === undefined) {
    const near = nearestName(
      path,
      outlines.map((one) => one.path),
    );
    const hint = near ? `did you mean \`oriel man ${near}\`?` : 'oriel --help lists them';
    throw new InputError([{ message: `\`${path}\` is not a verb of oriel`, hint }]);
  }
  print(manPage(outline, version));
  return 0;
}
