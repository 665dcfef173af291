import { add, all, type Change, drop, firstFile, foreign, guid, key, set } from './table-changes.ts';

/** A change that breaks a sound package. */
export interface Breakage {
  /** The rule that has to find it. */
  readonly rule: string;
  readonly what: string;
  readonly change: Change;
}

const inProfile = all(
  add('Directory', ['AppDataFolder', 'TARGETDIR', '.'], ['d_user', 'AppDataFolder', 'user']),
  add('Component', ['c_user', guid('1'), 'd_user', 256, null, 'r_user']),
  add('Registry', ['r_user', 2, 'Software\\x', 'y', 'z', 'c_user']),
  add('FeatureComponents', ['Main', 'c_user']),
);

/** At least one for every rule over tables; the sound package is the one of lint.test.ts. */
export const breakages: Breakage[] = [
  {
    rule: 'ICE02',
    what: 'key path of another component',
    change: set(
      'Component',
      'KeyPath',
      'r_installdir',
      (row) => row[2] !== 'LOGDIR' && row[5] !== 'r_installdir',
    ),
  },
  { rule: 'ICE03', what: 'identifier with a space', change: add('Property', ['a b', 'x']) },
  {
    rule: 'ICE03',
    what: 'long name without a short one',
    change: set('File', 'FileName', 'a long name.text'),
  },
  { rule: 'ICE03', what: 'reference to nothing', change: add('FeatureComponents', ['Main', 'c_nothing']) },
  { rule: 'ICE03', what: 'two rows with one key', change: add('Property', ['ALLUSERS', '2']) },
  {
    rule: 'ICE03',
    what: 'a registry root that is none (HKMU by wixl 0.101)',
    change: set('Registry', 'Root', 4),
  },
  {
    rule: 'ICE03',
    what: 'a registry key that ends with a backslash (wixl 0.101)',
    change: set('Registry', 'Key', 'Software\\x\\'),
  },
  { rule: 'ICE04', what: 'a file behind the last medium', change: set('Media', 'LastSequence', 1) },
  {
    rule: 'ICE06',
    what: 'a column that is not known',
    change: foreign('CreateFolder', '*Directory_ s72 | *Component_ s72 | More S72', ['LOGDIR', 'c', null]),
  },
  { rule: 'ICE06', what: 'no _Validation', change: (tables) => tables.delete('_Validation') },
  {
    rule: 'ICE07',
    what: 'a font in the program directory',
    change: (tables) =>
      foreign('Font', '*File_ s72 | FontTitle S128', [firstFile(tables)[0] ?? null, null])(tables),
  },
  { rule: 'ICE08', what: 'one code for two components', change: set('Component', 'ComponentId', guid('2')) },
  {
    rule: 'ICE09',
    what: 'a removable component in the system directory',
    change: all(
      add('Directory', ['System64Folder', 'TARGETDIR', '.']),
      set('Component', 'Directory_', 'System64Folder'),
    ),
  },
  {
    rule: 'ICE18',
    what: 'a directory as key path that nobody makes',
    change: drop('CreateFolder', () => true),
  },
  {
    rule: 'ICE20',
    what: 'dialogs without FilesInUse',
    change: foreign('Dialog', '*Dialog s72 | Control_First s50', ['D', 'A']),
  },
  { rule: 'ICE21', what: 'a component in no feature', change: drop('FeatureComponents', key('Main')) },
  {
    rule: 'ICE22',
    what: 'a published component outside of its feature',
    change: foreign(
      'PublishComponent',
      '*ComponentId s38 | *Qualifier s255 | *Component_ s72 | AppData S255 | Feature_ s38',
      [guid('3'), 'q', 'c_registry', null, 'Other'],
    ),
  },
  {
    rule: 'ICE23',
    what: 'a tab order that does not come back',
    change: all(
      foreign('Dialog', '*Dialog s72 | Control_First s50', ['D', 'A']),
      foreign('Control', '*Dialog_ s72 | *Control s50 | Control_Next S50', ['D', 'A', 'B'], ['D', 'B', 'B']),
    ),
  },
  {
    rule: 'ICE24',
    what: 'a version out of bounds',
    change: set('Property', 'Value', '300.0.0', key('ProductVersion')),
  },
  { rule: 'ICE24', what: 'no manufacturer', change: drop('Property', key('Manufacturer')) },
  {
    rule: 'ICE27',
    what: 'removal before the search (wixl 0.101)',
    change: set('InstallExecuteSequence', 'Sequence', 1, key('RemoveExistingProducts')),
  },
  {
    rule: 'ICE27',
    what: 'no InstallFinalize',
    change: drop('InstallExecuteSequence', key('InstallFinalize')),
  },
  { rule: 'ICE30', what: 'two files at one place', change: set('File', 'FileName', 'same.txt') },
  {
    rule: 'ICE33',
    what: 'a class in the Registry table',
    change: set('Registry', 'Key', 'Software\\Classes\\CLSID\\{1}'),
  },
  { rule: 'ICE38', what: 'a profile without a key path there', change: inProfile },
  {
    rule: 'ICE43',
    what: 'a shortcut without a key path of the user',
    change: all(
      add('Directory', ['ProgramMenuFolder', 'TARGETDIR', '.']),
      add('Shortcut', [
        's',
        'ProgramMenuFolder',
        'S',
        'c_registry',
        '[INSTALLDIR]x.exe',
        ...Array(7).fill(null),
      ]),
    ),
  },
  { rule: 'ICE45', what: 'a reserved bit', change: set('Component', 'Attributes', 0x4000) },
  { rule: 'ICE56', what: 'a second root', change: add('Directory', ['OTHERROOT', null, 'x']) },
  {
    rule: 'ICE57',
    what: 'one component for a user and for all',
    change: add('Registry', ['r_user', 1, 'Software\\x', 'y', 'z', 'c_registry']),
  },
  { rule: 'ICE60', what: 'a version and a hash, and no language', change: set('File', 'Version', '1.0.0.0') },
  {
    rule: 'ICE61',
    what: 'a property that is not handed on',
    change: set('Property', 'Value', 'BINDPORT', key('SecureCustomProperties')),
  },
  { rule: 'ICE61', what: 'removal of newer versions', change: set('Upgrade', 'Attributes', 1) },
  {
    rule: 'ICE63',
    what: 'an upgrade without removal',
    change: drop('InstallExecuteSequence', key('RemoveExistingProducts')),
  },
  { rule: 'ICE64', what: 'a directory in a profile that stays', change: inProfile },
  {
    rule: 'ICE69',
    what: 'a file of another component',
    change: (tables) => set('Registry', 'Value', `[#${firstFile(tables)[0]}]`)(tables),
  },
  { rule: 'ICE77', what: 'a deferred action outside', change: set('CustomAction', 'Type', 51 + 0x400) },
  {
    rule: 'ICE80',
    what: '32-bit components in the 64-bit folder (msi-packager)',
    change: set('Component', 'Attributes', 0),
  },
  {
    rule: 'ICE82',
    what: 'two actions with one number',
    change: set('InstallExecuteSequence', 'Sequence', 4000, key('CreateFolders')),
  },
  {
    rule: 'ICE83',
    what: 'an assembly without its actions',
    change: foreign('MsiAssembly', '*Component_ s72', ['c_registry']),
  },
  { rule: 'ICE91', what: 'a profile in a package for all', change: inProfile },
  {
    rule: 'ICE99',
    what: 'a directory with the name of a property',
    change: add('Directory', ['ProductName', 'INSTALLDIR', 'x']),
  },
  {
    rule: 'registry-expand',
    what: 'a variable that nobody expands',
    change: set('Registry', 'Value', '%PATH%;x'),
  },
  {
    rule: 'property',
    what: 'a secret that is shown',
    change: set('Property', 'Value', 'OTHER', key('MsiHiddenProperties')),
  },
  {
    rule: 'property',
    what: 'a property that the installing process does not get',
    change: set('ServiceInstall', 'Arguments', '--x [NOTSECURE]'),
  },
  {
    rule: 'service',
    what: 'a service that may be missing',
    change: set('ServiceInstall', 'ErrorControl', 1),
  },
  {
    rule: 'path-length',
    what: 'a path that is too long',
    change: set('Directory', 'DefaultDir', `short|${'x'.repeat(220)}`, key('INSTALLDIR')),
  },
  { rule: 'build-path', what: 'a path of the builder', change: set('Registry', 'Value', '/home/me/tree/x') },
  {
    rule: 'cabinet',
    what: 'a file that the cabinet has not',
    change: (tables) =>
      add('File', ['f_more', ...firstFile(tables).slice(1, 2), 'more', 1, null, null, 512, 1])(tables),
  },
  { rule: 'cabinet', what: 'files of one sequence', change: set('File', 'Sequence', 2) },
  {
    rule: 'custom-action',
    what: 'as the system, but at once (wixl 0.101)',
    change: set('CustomAction', 'Type', 51 + 0x800),
  },
  { rule: 'cabinet', what: 'another size', change: set('File', 'FileSize', 12_345) },
  { rule: 'file-hash', what: 'another hash', change: set('MsiFileHash', 'HashPart1', 7) },
  {
    rule: 'environment',
    what: 'PATH in place of what others have there',
    change: add('Environment', ['e', '=-*PATH', '[INSTALLDIR]bin', 'c_registry']),
  },
  {
    rule: 'quoted-directory',
    what: 'a directory in front of a quote',
    change: set('ServiceInstall', 'Arguments', '--dir "[LOGDIR]" -x'),
  },
];
