import { existsSync, readFileSync } from 'node:fs';
import { InputError } from '../../errors.ts';
import { knownSecret, Secret } from '../../secret.ts';
import { exposureOf } from '../../site/secrets/secret-source.ts';
import type { SigningIdentity } from './identity.ts';

/** A key as a command line names it. */
export interface NamedKey {
  readonly key?: string;
  readonly keyEnv?: string;
  readonly pkcs11Module?: string;
  readonly pkcs11Key?: string;
  readonly pinEnv?: string;
}

/** The key itself. Throws InputError when not exactly one key is named, or others can read its file. */
export async function readNamedKey(flags: NamedKey): Promise<SigningIdentity['key']> {
  const { key, keyEnv, pkcs11Module: module, pkcs11Key: uri, pinEnv } = flags;
  const named = [key, keyEnv, module && uri].filter((one) => one !== undefined);
  if (named.length !== 1 || (module === undefined) !== (uri === undefined))
    throw wrong('name one key: --key, --key-env, or --pkcs11-module with --pkcs11-key');
  if (module && uri) return { module, uri, ...(pinEnv && { pin: fromEnvironment(pinEnv) }) };
  if (keyEnv) return fromEnvironment(keyEnv);
  const file = key ?? '';
  if (!existsSync(file)) throw wrong(`there is no file ${file}`);
  if ((await exposureOf(file)) === 'others')
    throw wrong(`others can read ${file}`, `run \`chmod 600 ${file}\``);
  return new Secret(file, readFileSync(file, 'latin1'));
}

function fromEnvironment(name: string): Secret {
  const value = process.env[name];
  if (!value) throw wrong(`the environment has no ${name}`);
  return knownSecret(name, value);
}

const wrong = (message: string, hint?: string) => new InputError([{ message, ...(hint && { hint }) }]);
