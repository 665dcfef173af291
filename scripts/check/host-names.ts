import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Check } from './check.ts';
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
      if (content.includes(0)) return [];
      return content
        .toString('utf8')
        .split('\n')
        .flatMap((text, index) => {
          const host = pattern.exec(text)?.[0];
          return host ? [{ file, line: index + 1, message: `names the package registry ${host}` }] : [];
        });
    }),
};
