import { belowRoot } from '../../windows-root.ts';
import type { Reference } from '../model/reference.ts';
import type { DatabaseSchema } from './resource.ts';

export const databaseSchemaReference: Reference<DatabaseSchema> = {
  about:
    'The schema of a database that several nodes share. The program holds a lock in the database while it changes it, and runs detached: a lost link does not end it.',
  spec: {
    file: 'the program that reads and changes the schema',
    arguments: 'its arguments before the word for the action',
    until:
      '`prepared`: this release runs on it and older ones still do; `contracted`: everything that only older ones need is gone',
    definitions: 'whether metadata definitions are loaded into a database that has none',
    release: 'the release that it is prepared for',
    run: 'name of the detached run',
    log: 'where the agent keeps its output, on the node',
    timeout: 'seconds for the change',
  },
  observed: {
    schema: 'its state',
    migrating: 'whether a program is changing it',
    revisions: 'the revisions that it has',
    definitions: '`loaded` where there are metadata definitions, whoever edited them, else `missing`',
  },
  examples: [
    {
      file: 'C:\\Program Files\\oriel\\clock\\python\\python.exe',
      arguments: ['oriel_launcher.py', 'clock-schema'],
      until: 'prepared',
      release: '2024.2',
      run: 'clock-schema-2024.2',
      log: belowRoot('runs', 'clock-schema-2024.2', 'output.log'),
      timeout: 3600,
    },
  ],
};
