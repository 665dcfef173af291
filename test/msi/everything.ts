import type { MsiModel } from '../../src/msi/model/model.ts';
import { aModel, textFile } from './a-model.ts';

/** The start of an icon with no picture in it: enough for tables, which never look inside. */
const icon = Uint8Array.from([0, 0, 1, 0, 0, 0]);
const key = 'Software\\Example Ltd\\Everything';

/** A model with a row in every table that the compiler writes; `program` is the file that is its service. */
export function everything(program: string | undefined): MsiModel {
  const service = 'bin/service.exe';
  return aModel({
    name: 'Oriel Everything',
    version: '2.3.4',
    upgradeCode: '{5A0E4C9B-7A51-4F7C-8F0B-2D6C7B8E9A10}',
    installDirectory: ['oriel', 'everything'],
    features: [
      { id: 'Core', title: 'Core', description: 'What all need' },
      {
        id: 'Extra',
        title: 'Extra',
        parent: 'Core',
        level: 3,
        conditions: [{ condition: 'EXTRA', level: 1 }],
      },
    ],
    files: [
      program === undefined ? textFile(service) : { source: program, target: service },
      { ...textFile('readme.txt'), permissions: 'O:BAG:BAD:(A;;FA;;;BA)(A;;FR;;;BU)' },
      { ...textFile('etc/site.conf'), permanent: true, neverOverwrite: true },
      { ...textFile('etc/never.conf'), condition: 'NEVER' },
      { ...textFile('extra/a rather long name.txt'), feature: 'Extra' },
    ],
    directories: [
      {
        id: 'LOGDIR',
        root: 'CommonAppDataFolder',
        path: ['oriel', 'everything', 'log'],
        permissions: 'D:(A;;FA;;;BA)',
      },
      {
        id: 'CACHEDIR',
        root: 'CommonAppDataFolder',
        path: ['oriel', 'everything', 'cache'],
        permanent: false,
      },
    ],
    services: [
      {
        name: 'oriel-everything',
        displayName: 'Oriel everything',
        description: 'A service for tests',
        file: service,
        arguments: '--port [BINDPORT]',
        start: 'delayed',
        account: '[ACCOUNT]',
        password: '[PASSWORD]',
        dependencies: [],
        startOnInstall: 'START = 1',
        permissions: 'D:(A;;CCLCSWRPWPDTLOCRRC;;;SY)',
        recovery: {
          resetAfter: 86_400,
          actions: [
            { action: 'restart', delay: 60_000 },
            { action: 'none', delay: 0 },
          ],
          onError: true,
        },
      },
    ],
    properties: [
      { name: 'BINDPORT', value: '9292', remember: true, admin: true },
      { name: 'ACCOUNT', value: '', secure: true },
      { name: 'PASSWORD', value: '', secure: true, hidden: true },
      { name: 'START', value: '1', secure: true },
      { name: 'EXTRA', value: '', secure: true },
      { name: 'NEVER', value: '', secure: true },
    ],
    launchConditions: [
      { condition: 'Installed OR VersionNT >= 600', message: 'Windows Server 2012 or later is needed.' },
    ],
    registry: [
      { root: 'HKLM', key, type: 'string', value: 'default' },
      { root: 'HKLM', key, name: 'hash', type: 'string', value: '#1 and [BINDPORT]' },
      { root: 'HKLM', key, name: 'expandable', type: 'expandable', value: '%SystemRoot%\\x' },
      { root: 'HKLM', key, name: 'several', type: 'multi', value: ['one', 'two'] },
      { root: 'HKLM', key, name: 'single', type: 'multi', value: ['one'] },
      { root: 'HKLM', key, name: 'number', type: 'dword', value: 0xffff_fff0 },
      { root: 'HKLM', key, name: 'port', type: 'dword', value: '[BINDPORT]' },
      { root: 'HKLM', key, name: 'bytes', type: 'binary', value: '00ff10' },
      { root: 'HKLM', key: `${key}\\empty`, type: 'key', whole: true, permissions: 'D:(A;;KA;;;BA)' },
      { root: 'HKCU', key, name: 'user', type: 'string', value: 'u' },
      { root: 'HKLM', key: `${key} kept`, name: 'kept', type: 'string', value: 'k', permanent: true },
      { root: 'HKLM', key, name: 'extra', type: 'string', value: 'x', feature: 'Extra' },
    ],
    searches: [
      {
        property: 'WINDOWS_NAME',
        root: 'HKLM',
        key: 'Software\\Microsoft\\Windows NT\\CurrentVersion',
        name: 'ProductName',
      },
      { property: 'FOUND_DIR', root: 'HKLM', key, name: 'dir', type: 'directory', bits: 32 },
      { property: 'FOUND_FILE', root: 'HKLM', key, name: 'file', type: 'file', file: 'x.exe' },
    ],
    environment: [
      { name: 'ORIEL_HOME', value: '[INSTALLDIR]' },
      { name: 'PATH', value: '[INSTALLDIR]bin', action: 'append' },
      { name: 'ORIEL_KEPT', value: 'kept', permanent: true, action: 'create' },
    ],
    iniFiles: [
      { file: 'settings.ini', section: 'server', key: 'port', value: '[BINDPORT]' },
      { file: 'settings.ini', section: 'server', key: 'log', value: '[LOGDIR]', directory: 'LOGDIR' },
    ],
    shortcuts: [
      {
        name: 'Everything',
        root: 'ProgramMenuFolder',
        path: ['Oriel'],
        file: service,
        arguments: '--help',
        icon: 'app.ico',
        show: 'minimized',
        workingDirectory: 'INSTALLDIR',
      },
    ],
    removals: [
      { directory: 'INSTALLDIR', file: 'made by the program.txt' },
      { directory: 'CACHEDIR', file: '*.tmp', on: 'both' },
    ],
    icons: [{ name: 'app.ico', source: '(generated)', content: icon }],
    productIcon: 'app.ico',
    errors: [{ number: 25_001, message: 'Nothing is as it should be: [2]' }],
    binaries: [{ name: 'data', source: '(generated)', content: Buffer.from('some bytes\0and more') }],
    actions: [
      {
        name: 'TellNothing',
        call: { directory: 'System64Folder', command: '"[System64Folder]cmd.exe" /c exit 0' },
        place: { after: 'InstallFiles' },
        execute: 'deferred',
        data: '[PASSWORD]',
        hideTarget: true,
      },
      {
        name: 'Refuse',
        call: { error: 'No.' },
        place: { before: 'CostInitialize' },
        condition: 'REFUSE',
        ui: true,
      },
    ],
  });
}
