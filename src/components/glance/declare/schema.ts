import { type DatabaseSchema, databaseSchema } from '../../../resources/database-schema/resource.ts';
import { type Declaration, declare } from '../../../resources/model/resource.ts';
import type { Deployment, NodeSettings } from '../../../site/deployment.ts';
import { component, windowsPaths } from '../facts/paths.ts';
import { settingsOf } from '../site/settings.ts';

/** Read by the programs that change the schema alone: the service does not restart after it. */
export const manageConf = 'glance-manage.conf';
/** Seconds; the tables of a large cloud take their time. */
const timeoutSeconds = 3600;
const log = `${windowsPaths.logs}\\glance-manage.log`;

/** The program of the installed package that looks at the database schema and changes it, as far as it is the same for all it does. */
export const schemaProgram: Pick<DatabaseSchema, 'file' | 'arguments'> = {
  file: windowsPaths.python,
  arguments: [
    ...['-X', 'utf8', windowsPaths.launcher, 'glance-schema'],
    ...['--config-file', `${windowsPaths.config}\\${manageConf}`, '--log-file', log],
  ],
};

/** The schema of the deployment's one database, looked at and changed from `node`. */
export function declareSchema(
  deployment: Deployment,
  { name: node }: Pick<NodeSettings, 'name'>,
  until: DatabaseSchema['until'],
  needs: readonly string[],
): Declaration {
  const { release } = deployment;
  const definitions = until === 'prepared' && settingsOf(deployment).metadefs;
  const run = `glance-schema-${until}-${release}`;
  return declare({
    resource: databaseSchema,
    component,
    node,
    name: 'glance',
    needs,
    spec: {
      ...schemaProgram,
      ...{ until, release, run, log, timeout: timeoutSeconds },
      ...(definitions && { definitions }),
    },
  });
}
