import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { dataFile } from '../../../src/data-files.ts';
import type { MsiModel, MsiService } from '../../../src/msi/model/model.ts';
import { installActions, installerLibrary } from '../../../src/product/installer.ts';
import { textFile } from '../a-model.ts';

export const serviceName = 'small-api';
export const toolName = 'small-tool';
export const stays = 'What is in [CONFIGDIR] and [DATADIR] stays.';

/** Compiles the program behind the services and the one that writes the configuration into `folder`. */
export function compilePrograms(folder: string): void {
  const sources = { program: 'test/service/program.c', configure: 'test/msi/fixtures/configure.c' };
  for (const [name, source] of Object.entries(sources))
    execFileSync('x86_64-w64-mingw32-gcc', [
      '-O1',
      '-s',
      '-o',
      join(folder, `${name}.exe`),
      dataFile(source),
    ]);
}

/** What the service does: says its version and that it is ready, and lingers for a while when it is stopped. */
const behaviour = (version: string) => `say=version-${version} ready=0 linger=1500`;

/**
 * A product like ours in small: two services by the true wrapper in features of their own, the true custom actions, a configuration
 * that is written once. `programs` is the folder of `compilePrograms`.
 */
export function smallProduct(programs: string, version: string, changes: Partial<MsiModel> = {}): MsiModel {
  const program = (name: string) => join(programs, `${name}.exe`);
  const wrapper = dataFile('msi', 'service', 'oriel-service.exe');
  return {
    name: 'Small Product',
    manufacturer: 'Example Ltd',
    version,
    upgradeCode: '{7B0C5C58-7C5B-4C8B-8F5B-0B8F3A4E7A01}',
    installDirectory: ['example', 'small'],
    features: [
      { id: 'Main', title: 'What all need' },
      { id: 'Api', title: 'Service', parent: 'Main' },
      { id: 'Tools', title: 'Another service', parent: 'Main', level: 2 },
    ],
    files: [
      textFile('readme.txt', `version ${version}\n`),
      textFile(`only-in-${version}.txt`),
      { source: program('program'), target: 'bin/program.exe' },
      { source: program('configure'), target: 'bin/configure.exe' },
      { source: wrapper, target: 'bin/small-api.exe', feature: 'Api' },
      { source: wrapper, target: 'bin/small-tool.exe', feature: 'Tools' },
    ],
    directories: [
      { id: 'DATADIR', root: 'CommonAppDataFolder', path: ['example', 'small'] },
      { id: 'CONFIGDIR', root: 'CommonAppDataFolder', path: ['example', 'small', 'etc'] },
    ],
    services: [service(serviceName, behaviour(version)), service(toolName, behaviour(version))],
    properties: [
      { name: 'BINDPORT', value: '9292', secure: true, remember: true },
      { name: 'PASSWORD', value: '', secure: true, hidden: true },
      { name: 'SKIPCONF', value: '0', secure: true },
      { name: 'STARTSERVICES', value: '1', secure: true },
      { name: 'ConfigurationProperties', value: 'BINDPORT;PASSWORD;INSTALLDIR' },
      { name: 'ConfigurationCommand', value: '"[INSTALLDIR]bin\\configure.exe" "[CONFIGDIR]."' },
      { name: 'ConfigurationNote', value: '[CONFIGDIR]note.txt' },
      { name: 'DrainedServices', value: `60;${serviceName};${toolName}` },
      { name: 'AwaitServices', value: `60;${serviceName};${toolName}` },
      { name: 'WhatStays', value: stays },
    ],
    binaries: [installerLibrary()],
    actions: installActions,
    launchConditions: [],
    epoch: 1_700_000_000,
    ...changes,
  };
}

/** A service of the small product around the test program with these arguments: it runs when the program says that it is ready. */
export function service(name: string, program: string): MsiService {
  return {
    name,
    displayName: name,
    description: '',
    file: `bin/${name}.exe`,
    arguments: `${name} --log "[DATADIR]${name}.log" --ready 60 -- "[INSTALLDIR]bin\\program.exe" ${program}`,
    start: 'auto',
    dependencies: [],
    startOnInstall: 'STARTSERVICES <> 0',
    awaitStart: false,
  };
}
