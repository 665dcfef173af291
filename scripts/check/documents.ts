import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Check } from './check.ts';
import { commandsOf, problemOf, programOutlines, strangeFlags } from './documents/commands.ts';
import { deadLinks } from './documents/links.ts';
import { type Page, pages } from './documents/markdown.ts';
import { strangeMessages } from './documents/messages.ts';
import { strangeVariables } from './documents/variables.ts';
import { trackedFiles } from './tracked-files.ts';

/** What the program says and reads: its sources, the agent, what packages bring, and the scripts. */
const source =
  /^(src|agent|msi|scripts|templates|test)\/.*\.(ts|mjs|ps1|psm1|py|c|h|yaml|sh|hbs)$|^(Makefile|package\.json)$/;

/** Pages say what is so: links lead somewhere, commands, flags and variables are there, and messages are those of the program. */
export const documents: Check = {
  name: 'documents',
  run: async (root) => {
    const files = (await trackedFiles(root)).filter((file) => source.test(file));
    const sources: readonly Page[] = files.map((path) => ({
      path,
      text: readFileSync(join(root, path), 'utf8'),
    }));
    const all = pages(root);
    const outlines = await programOutlines();
    // Records of decisions and of changes name what was.
    const today = all.filter(({ path }) => !path.startsWith('docs/adr/') && path !== 'CHANGELOG.md');
    const commands = today.flatMap(({ path, text }) =>
      commandsOf(path, text).flatMap((command) => {
        const problem = problemOf(command, outlines);
        const { file, line } = command;
        return problem === undefined
          ? []
          : [{ file, line, message: `oriel ${command.words.join(' ')}: ${problem}` }];
      }),
    );
    const program = sources.filter(({ path }) => !path.startsWith('test/'));
    return [
      ...deadLinks(root, all),
      ...commands,
      ...strangeFlags(today, outlines),
      ...strangeVariables(today, sources),
      ...strangeMessages(today, program),
    ];
  },
};
