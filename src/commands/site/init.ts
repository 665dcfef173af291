import { existsSync } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { components } from '../../components/index.ts';
import { FileError, InputError } from '../../errors.ts';
import { writeWhole } from '../../replace-file.ts';
import { siteJsonSchema } from '../../site/grammar/json-schema.ts';
import { sandboxSite, starterSite } from '../../site/pages/starter.ts';
import type { Verb } from '../command-line/verb.ts';

export const init: Verb = (program, run) => {
  program
    .command('init')
    .description('write the smallest site file that does the job, and its schema for editors')
    .argument('[path]', 'folder, or file that ends in .yaml or .yml', '.')
    .option(
      '--sandbox',
      'for the nodes that `oriel sandbox up --with keystone,mariadb` starts in the same folder',
    )
    .option('--force', 'overwrite a site file that is there')
    .addHelpText(
      'after',
      '\nExamples:\n  oriel init clouds/north\n  oriel sandbox up --with keystone,mariadb && oriel init --sandbox       a site to try things on',
    )
    .action((path: string, { force, sandbox }: { force?: true; sandbox?: true }) =>
      run(async ({ print }) => {
        const file = ['.yaml', '.yml'].includes(extname(path)) ? path : join(path, 'site.yaml');
        const text = sandbox ? sandboxSite(components) : starterSite(components);
        await write(file, text, force ?? false);
        const next = sandbox
          ? `run \`oriel build ${file}\``
          : `change it, then run \`oriel validate ${file}\``;
        print(`${file}: written; ${next}`);
        return 0;
      }),
    );
};

/** Writes the site file and beside it the schema that its first line points to. Throws InputError where a site file is. */
async function write(file: string, text: string, force: boolean): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true });
    if (!force && existsSync(file)) throw Object.assign(new Error('file exists'), { code: 'EEXIST' });
    await writeWhole(file, text);
    await writeWhole(
      join(dirname(file), 'oriel.schema.json'),
      `${JSON.stringify(siteJsonSchema(components), null, 2)}\n`,
    );
  } catch (error) {
    if (error instanceof FileError) throw error;
    throw new InputError([await refusal(file, error as NodeJS.ErrnoException)]);
  }
}

async function refusal(file: string, { code, message }: NodeJS.ErrnoException) {
  const there = await stat(file).catch(() => undefined);
  if (code === 'EEXIST' && there?.isFile())
    return { message: `${file} is there already`, hint: '--force overwrites it' };
  if (there?.isDirectory()) return { message: `${file} is a folder; it must be a file` };
  if (code === 'EEXIST' || code === 'ENOTDIR')
    return { message: `${file} cannot be written: ${dirname(file)} is no folder` };
  return { message: `${file} cannot be written: ${message}` };
}
