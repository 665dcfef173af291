import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { listFiles, removeEmptyFolders } from '../cache/files.ts';

const reason = z.string().min(1);
/** Each rule has one way to say what it drops; paths start at the folder of python.exe. */
const stripSchema = z.strictObject({
  drop: z.array(
    z.union([
      z.strictObject({ path: z.string(), reason }),
      z.strictObject({ folder: z.string(), below: z.string(), reason }),
      z.strictObject({ pattern: z.string(), reason }),
    ]),
  ),
  keep: z.array(z.strictObject({ path: z.string(), reason })),
});

type Rules = z.infer<typeof stripSchema>;
type DropRule = Rules['drop'][number];

/** Reads a list of what a payload can do without (`strip.json`). */
export async function readStripRules(file: string): Promise<Rules> {
  return stripSchema.parse(JSON.parse(await readFile(file, 'utf8')));
}

/** Removes from `root` what the rules drop; gives the number of files that went. */
export async function strip(root: string, rules: Rules): Promise<number> {
  const matches = rules.drop.map(matcher);
  const dropped = (await listFiles(root)).filter(
    (path) => matches.some((match) => match(path)) && !rules.keep.some((kept) => isBelow(path, kept.path)),
  );
  for (const path of dropped) await rm(join(root, path));
  await removeEmptyFolders(root);
  return dropped.length;
}

function matcher(rule: DropRule): (path: string) => boolean {
  if ('path' in rule) return (path) => isBelow(path, rule.path);
  if ('folder' in rule)
    return (path) =>
      path.startsWith(`${rule.below}/`) && path.slice(rule.below.length).includes(`/${rule.folder}/`);
  const pattern = new RegExp(rule.pattern);
  return (path) => pattern.test(path);
}

function isBelow(path: string, top: string): boolean {
  return path === top || path.startsWith(`${top}/`);
}
