import type { MsiFile, MsiModel, MsiService } from '../../src/msi/model/model.ts';

/** A file with text in it, without a source on disk. */
export function textFile(target: string, text = `${target}\n`): MsiFile {
  return { source: `(generated) ${target}`, target, content: Buffer.from(text) };
}

/** A service of the file that has its name; tests change what they are about. */
export function aService(name: string, changes: Partial<MsiService> = {}): MsiService {
  return {
    name,
    displayName: name,
    description: '',
    file: `${name}.exe`,
    arguments: '',
    start: 'auto',
    dependencies: [],
    startOnInstall: false,
    ...changes,
  };
}

/** A small model that is right; tests change what they are about. */
export function aModel(changes: Partial<MsiModel> = {}): MsiModel {
  return {
    name: 'Oriel Test',
    manufacturer: 'Example Ltd',
    version: '1.0.0',
    upgradeCode: '{6F3B7C1D-1C2A-4E41-9C6B-0A3B5D7E9F01}',
    installDirectory: ['oriel', 'test'],
    files: [
      textFile('readme.txt'),
      textFile('bin/a rather long name.txt'),
      textFile('bin/a rather long name.text'),
      textFile('bin/deep/empty.txt', ''),
    ],
    directories: [{ id: 'LOGDIR', root: 'CommonAppDataFolder', path: ['oriel', 'test', 'log'] }],
    services: [],
    properties: [
      { name: 'BINDPORT', value: '9292', secure: true },
      { name: 'DBPASSWORD', value: '', secure: true, hidden: true },
    ],
    launchConditions: [],
    epoch: 1_700_000_000,
    ...changes,
  };
}

/** A model with a service, and a name that only UTF-8 can carry. */
export function withService(): MsiModel {
  return aModel({
    name: 'Oriel Łódź',
    files: [textFile('bin/service.exe'), textFile('bin/other.dll'), textFile('readme.txt')],
    services: [
      {
        name: 'oriel-test',
        displayName: 'Oriel test',
        description: '',
        file: 'bin/service.exe',
        arguments: '',
        start: 'auto',
        account: '[ACCOUNT]',
        dependencies: ['Tcpip', 'Dhcp'],
        startOnInstall: false,
      },
    ],
  });
}
