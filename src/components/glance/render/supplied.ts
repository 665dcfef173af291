import { readFileSync } from 'node:fs';
import { InputError, type Problem } from '../../../errors.ts';
import { renderFile } from '../../../render/file.ts';
import type { RenderedFile } from '../../../render/rendered.ts';
import { knownSecret } from '../../../secret.ts';
import type { Deployment } from '../../../site/deployment.ts';
import { windowsPaths } from '../facts/paths.ts';
import { broughtPath } from '../site/brought-files.ts';
import { settingsOf } from '../site/settings.ts';
import { databaseCa } from './database.ts';
import { keystoneCa } from './defaults.ts';
import { policyProblems } from './policy.ts';
import { protectionProblems } from './property-protections.ts';

/** The files that a site brings itself, checked, with the marker line on top. Throws InputError where one is wrong. */
export function suppliedFiles(deployment: Deployment, marker: string): readonly RenderedFile[] {
  const glance = settingsOf(deployment);
  const format = glance.options.DEFAULT?.property_protection_rule_format;
  const {
    policy,
    propertyProtections,
    database: { ca },
    keystone,
  } = glance;
  return [
    ...(ca ? [supplied(databaseCa, ca.file, marker, caProblems('database'))] : []),
    ...(keystone?.ca ? [supplied(keystoneCa, keystone.ca.file, marker, caProblems('keystone'))] : []),
    ...Object.entries(glance.files ?? {}).map(([name, one]) => broughtFile(name, one)),
    ...(policy ? [supplied('policy.yaml', policy.file, marker, policyProblems)] : []),
    ...(propertyProtections
      ? [
          supplied('property-protections.conf', propertyProtections.file, marker, (text, file) =>
            protectionProblems(text, file, format === 'policies' ? 'policies' : 'roles'),
          ),
        ]
      : []),
  ];
}

function supplied(
  name: string,
  file: string,
  marker: string,
  check: (text: string, file: string) => readonly Problem[],
): RenderedFile {
  const text = read(file).replace(/^\ufeff/, '');
  const problems = check(text, file);
  if (problems.length > 0) throw new InputError(problems);
  return renderFile(`${windowsPaths.config}\\${name}`, () => `# ${marker}\n${text}`);
}

/** A file that an option names, as it is: it may be of a kind that knows no comments. */
function broughtFile(
  name: string,
  { file, secret }: { readonly file: string; readonly secret: boolean },
): RenderedFile {
  const text = read(file);
  if (!secret && /-----BEGIN [^-]*PRIVATE KEY-----/.test(text))
    throw new InputError([
      {
        message: `${file} holds a private key`,
        path: `components.glance.files.${name}`,
        hint: 'write `secret: true` beside it, so that nothing shows it',
      },
    ]);
  return renderFile(broughtPath(name), (write) => write(secret ? knownSecret(name, text) : text));
}

function read(file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  } catch (error) {
    const reason = error instanceof TypeError ? 'it is not UTF-8' : String((error as Error).message);
    throw new InputError([{ message: `cannot read ${file}: ${reason}`, path: 'components.glance' }]);
  }
}

/** What is no certificate around the blocks of a PEM file is read over (OpenSSL). */
function caProblems(of: 'database' | 'keystone'): (text: string, file: string) => readonly Problem[] {
  return (text, file) =>
    /^-----BEGIN CERTIFICATE-----$/m.test(text)
      ? []
      : [{ message: `${file} holds no certificate in PEM`, path: `components.glance.${of}.ca.file` }];
}
