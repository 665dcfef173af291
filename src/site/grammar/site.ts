import { z } from 'zod';
import { line, localPath, name } from '../values/text.ts';
import { juju } from './juju/juju.ts';
import { type NodeRole, nodesWithRoles, rollout } from './nodes.ts';
import { msiGrammar, payloadGrammar } from './payload.ts';
import { storage } from './storage.ts';

const secretSource = z
  .strictObject({
    env: z
      .string()
      .optional()
      .describe('Prefix of environment variables: ORIEL_ and db_password make ORIEL_DB_PASSWORD'),
    file: localPath.optional().describe('YAML file of names and values that only its owner can read'),
    command: z
      .array(line)
      .min(1)
      .optional()
      .describe('Program and arguments; {name} stands for the name; its output is the value'),
  })
  .meta({ minProperties: 1, maxProperties: 1 })
  .describe('One of env, file and command');

/** What components bring to the grammar. */
export interface SiteParts {
  /** Their releases. */
  readonly release: z.ZodType<string, string | undefined>;
  /** What stands below each of their names. */
  readonly components: z.ZodType<Readonly<Record<string, unknown>>, Readonly<Record<string, unknown>>>;
  readonly roles: readonly NodeRole[];
}

/** The grammar of a site file as it is written: every key, its type, its default and what it means. */
export function siteGrammarWith({ release, components, roles }: SiteParts) {
  return z
    .strictObject({
      extends: localPath
        .optional()
        .describe('Site file to begin from: maps are merged by key, lists replaced'),
      name: name.describe('Names the deployment; part of every identity derived from it'),
      release,
      secrets: z
        .array(secretSource)
        .default([{ env: 'ORIEL_' }])
        .describe('Where values of secrets come from; the first source that has the name wins'),
      storage,
      components,
      payload: payloadGrammar,
      msi: msiGrammar,
      nodes: nodesWithRoles(roles),
      rollout,
      juju: juju.optional().describe('Charms and a bundle for Juju'),
    })
    .describe('A site file of oriel: everything about one deployment');
}

export type SiteGrammar = ReturnType<typeof siteGrammarWith>;

/** A site file that the grammar accepts, defaults filled in. */
export type WrittenSite = z.infer<SiteGrammar>;

/** What is left of a site file after everything that the grammar refuses was taken out. */
export type Fragment<T> = T extends readonly unknown[]
  ? T
  : T extends object
    ? { readonly [Key in keyof T]?: Fragment<T[Key]> | undefined }
    : T;
export type SiteFragment = Fragment<z.input<SiteGrammar>>;
