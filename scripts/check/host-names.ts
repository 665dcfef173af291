import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Check, Finding } from './check.ts';
import { trackedFiles } from './tracked-files.ts';

/** Hosts of package registries, in parts, as this file is looked at as well. */
const hosts = [
  ['registry', 'npmjs', 'org'],
  ['registry', 'yarnpkg', 'com'],
  ['pypi', 'org'],
  ['pythonhosted', 'org'],
  ['repo1', 'maven', 'org'],
  ['repo', 'maven', 'apache', 'org'],
  ['api', 'nuget', 'org'],
  ['proxy', 'golang', 'org'],
  ['deb', 'debian', 'org'],
].map((parts) => parts.join('\\.'));
const pattern = new RegExp(`(?<![\\w-])(${hosts.join('|')})(?![\\w-])`, 'i');

/** Where packages come from is set on the machine, so that a mirror or an offline folder works; no file of ours decides it. */
export const hostNames: Check = {
  name: 'host names',
  run: async (root) =>
    (await trackedFiles(root)).flatMap((file) => {
      const content = readFileSync(join(root, file));
      return content.includes(0) ? [] : registriesIn(file, content.toString('utf8'));
    }),
};

export function registriesIn(file: string, text: string): readonly Finding[] {
  return text.split('\n').flatMap((line, index) => {
    const host = pattern.exec(line)?.[0];
    return host ? [{ file, line: index + 1, message: `names the package registry ${host}` }] : [];
  });
}
