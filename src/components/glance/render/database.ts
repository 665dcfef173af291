import { InputError } from '../../../errors.ts';
import type { Writer } from '../../../render/file.ts';
import { windowsPaths } from '../facts/paths.ts';
import type { GlanceSettings } from '../site/settings.ts';

/**
 * The SQLAlchemy URL with the password in it, percent-encoded as SQLAlchemy decodes it. Throws InputError where a password
 * has no user to go with, or the URL has one of its own.
 */
export function connectionUrl(database: GlanceSettings['database'], write: Writer): string {
  const { password } = database;
  const connection = withCa(database);
  if (!password) return write(connection);
  const [, scheme, user, rest] = /^([^:/]+:\/\/)([^/@?:]+)@(.*)$/s.exec(connection) ?? [];
  if (!scheme || !user || rest === undefined)
    throw new InputError([
      {
        message: 'the database has a password, but its connection names no user, or has a password already',
        path: 'components.glance.database.connection',
        hint: 'write it as mysql+pymysql://USER@HOST/DATABASE',
      },
    ]);
  return `${write(scheme)}${write(user)}:${write(password, encodeURIComponent)}@${write(rest)}`;
}

/** Where a node has the certificates of who signs that of its database server. */
export const databaseCa = 'database-ca.pem';

/** PyMySQL takes the path in the query (`ssl_ca`). */
function withCa({ connection, ca }: GlanceSettings['database']): string {
  if (!ca) return connection;
  const path = encodeURIComponent(`${windowsPaths.config}\\${databaseCa}`.replaceAll('\\', '/'));
  return `${connection}${connection.includes('?') ? '&' : '?'}ssl_ca=${path}`;
}
