import { bits, groupBy, type LintedPackage, type LintRule, profileFolders, rootOf } from './rule.ts';

const permanent = 16;
const registryKeyPath = 4;
const odbcKeyPath = 32;
const is64Bit = 256;
const currentUser = 1;
const localMachine = 2;

/** Components whose key path is a value of HKEY_CURRENT_USER. */
function userKeyPaths({ rows }: LintedPackage): Set<unknown> {
  const values = rows('Registry').filter(({ Root }) => Root === currentUser);
  const ids = new Set(values.map(({ Registry }) => Registry));
  const components = rows('Component').filter(
    ({ KeyPath, Attributes }) => bits(Attributes) & registryKeyPath && ids.has(KeyPath ?? ''),
  );
  return new Set(components.map(({ Component }) => Component));
}

/** A key path is a file or registry value of its own component. */
function keyPaths({ rows }: LintedPackage): string[] {
  const owner = (table: string, column: string) =>
    new Map(rows(table).map((row) => [row[column], row.Component_]));
  const [files, values] = [owner('File', 'File'), owner('Registry', 'Registry')];
  return rows('Component').flatMap(({ Component, KeyPath, Attributes }) => {
    if (KeyPath === null || bits(Attributes) & odbcKeyPath) return [];
    const found = (bits(Attributes) & registryKeyPath ? values : files).get(KeyPath ?? '');
    return found === Component
      ? []
      : [`key path ${KeyPath} of component ${Component} is not in that component`];
  });
}

function sameGuids({ rows }: LintedPackage): string[] {
  return [...groupBy(rows('Component'), 'ComponentId')].flatMap(([guid, own]) =>
    guid && own.length > 1 ? [`${guid} belongs to ${own.map(({ Component }) => Component).join(', ')}`] : [],
  );
}

function systemFiles(subject: LintedPackage): string[] {
  return subject.rows('Component').flatMap(({ Component, Directory_, Attributes }) => {
    const root = rootOf(subject, Directory_);
    const inSystem = ['SystemFolder', 'System64Folder', 'System16Folder'].includes(root);
    const ownDirectory = subject.paths.get(String(Directory_))?.length === 1;
    return inSystem && ownDirectory && !(bits(Attributes) & permanent)
      ? [`component ${Component} installs into the system directory and is not permanent`]
      : [];
  });
}

function emptyKeyPaths({ rows }: LintedPackage): string[] {
  const created = new Set(rows('CreateFolder').map((row) => `${row.Directory_} ${row.Component_}`));
  return rows('Component').flatMap(({ Component, KeyPath, Directory_ }) =>
    KeyPath === null && !created.has(`${Directory_} ${Component}`)
      ? [`component ${Component} has its directory as key path, but CreateFolder does not make it`]
      : [],
  );
}

function withoutFeature({ rows }: LintedPackage): string[] {
  const used = new Set(rows('FeatureComponents').map(({ Component_ }) => Component_));
  return rows('Component').flatMap(({ Component }) =>
    used.has(Component ?? '') ? [] : [`component ${Component} is in no feature`],
  );
}

function publishedWithoutFeature({ rows }: LintedPackage): string[] {
  const pairs = new Set(rows('FeatureComponents').map((row) => `${row.Feature_} ${row.Component_}`));
  return rows('PublishComponent').flatMap(({ Feature_, Component_ }) =>
    pairs.has(`${Feature_} ${Component_}`)
      ? []
      : [`published component ${Component_} is not in feature ${Feature_}`],
  );
}

/** Two files of components without a condition at one place, by short or by long name. */
function samePlaces({ rows }: LintedPackage): string[] {
  const components = new Map(rows('Component').map((row) => [row.Component, row]));
  const seen = new Map<string, unknown>();
  return rows('File').flatMap(({ File, FileName, Component_ }) => {
    const component = components.get(Component_ ?? '');
    if (!component || component.Condition !== null) return [];
    return [...new Set(String(FileName).toLowerCase().split('|'))].flatMap((name) => {
      const place = `${component.Directory_} ${name}`;
      const other = seen.get(place);
      seen.set(place, File);
      return other === undefined || other === File
        ? []
        : [`files ${other} and ${File} are both ${name} in one directory`];
    });
  });
}

function fontsElsewhere(subject: LintedPackage): string[] {
  const components = new Map(subject.rows('Component').map((row) => [row.Component, row.Directory_]));
  const files = new Map(subject.rows('File').map((row) => [row.File, row.Component_]));
  return subject.rows('Font').flatMap(({ File_ }) => {
    const directory = components.get(files.get(File_ ?? '') ?? '');
    return rootOf(subject, directory) === 'FontsFolder'
      ? []
      : [`font ${File_} is not installed into FontsFolder`];
  });
}

/** Components with something in a profile, by component. */
function inProfile(subject: LintedPackage) {
  return subject
    .rows('Component')
    .filter(({ Directory_ }) => profileFolders.has(rootOf(subject, Directory_)));
}

function profileKeyPaths(subject: LintedPackage): string[] {
  const right = userKeyPaths(subject);
  return inProfile(subject).flatMap(({ Component }) =>
    right.has(Component)
      ? []
      : [
          `component ${Component} installs into a user profile; its key path must be a value of HKEY_CURRENT_USER`,
        ],
  );
}

function shortcutKeyPaths(subject: LintedPackage): string[] {
  const features = new Set(subject.rows('Feature').map(({ Feature }) => Feature));
  const right = userKeyPaths(subject);
  return subject
    .rows('Shortcut')
    .flatMap(({ Shortcut, Target, Component_, Directory_ }) =>
      features.has(Target ?? '') || !profileFolders.has(rootOf(subject, Directory_)) || right.has(Component_)
        ? []
        : [
            `shortcut ${Shortcut} is not advertised; the key path of ${Component_} must be a value of HKEY_CURRENT_USER`,
          ],
    );
}

function mixedUsers(subject: LintedPackage): string[] {
  const roots = new Map<string, Set<unknown>>();
  for (const { Component_, Root } of subject.rows('Registry'))
    roots.set(String(Component_), (roots.get(String(Component_)) ?? new Set()).add(Root));
  const withFiles = new Set(subject.rows('File').map(({ Component_ }) => String(Component_)));
  const profile = new Set(inProfile(subject).map(({ Component }) => String(Component)));
  return [...roots].flatMap(([component, own]) =>
    own.has(currentUser) && (own.has(localMachine) || (withFiles.has(component) && !profile.has(component)))
      ? [`component ${component} has data for one user and for all`]
      : [],
  );
}

function profileDirectories(subject: LintedPackage): string[] {
  const removed = new Set(
    subject
      .rows('RemoveFile')
      .filter(({ FileName }) => FileName === null)
      .map(({ DirProperty }) => DirProperty),
  );
  const used = new Set(inProfile(subject).map(({ Directory_ }) => Directory_));
  return subject
    .rows('Directory')
    .flatMap(({ Directory }) =>
      used.has(Directory ?? '') &&
      (subject.paths.get(String(Directory))?.length ?? 0) > 1 &&
      !removed.has(Directory ?? '')
        ? [`directory ${Directory} is in a user profile and RemoveFile does not remove it`]
        : [],
    );
}

function perUserInPerMachine(subject: LintedPackage): string[] {
  if (subject.properties.get('ALLUSERS') !== '1') return [];
  return inProfile(subject).map(
    ({ Component, Directory_ }) =>
      `component ${Component} goes to ${Directory_} of one user in a package for all users`,
  );
}

function bitness(subject: LintedPackage): string[] {
  const [platform = '', languages = ''] = String(subject.summary.template ?? '').split(';');
  const isX64 = /x64|amd64|intel64|arm64/i.test(platform);
  const language = subject.properties.get('ProductLanguage') ?? '';
  const wide = subject.rows('Component').filter(({ Attributes }) => bits(Attributes) & is64Bit);
  const narrow = new Set(['ProgramFilesFolder', 'CommonFilesFolder', 'SystemFolder']);
  const broad = new Set(['ProgramFiles64Folder', 'CommonFiles64Folder', 'System64Folder']);
  return [
    ...(!isX64 && wide.length > 0
      ? [`64-bit component ${wide[0]?.Component} in a package for ${platform}`]
      : []),
    ...(isX64 && Number(subject.summary.pages ?? 0) < 200
      ? ['a 64-bit package needs schema 200 or higher']
      : []),
    ...(languages.split(',').includes(language)
      ? []
      : [`ProductLanguage ${language} is not in Template ${languages}`]),
    ...subject.rows('Component').flatMap(({ Component, Directory_, Attributes }) => {
      const root = rootOf(subject, Directory_);
      const is64 = (bits(Attributes) & is64Bit) !== 0;
      if (!is64 && broad.has(root)) return [`32-bit component ${Component} in ${root}`];
      return is64 && narrow.has(root) ? [`64-bit component ${Component} in ${root}`] : [];
    }),
  ];
}

export const componentTableRules: readonly LintRule[] = [
  { id: 'ICE02', severity: 'error', check: keyPaths },
  { id: 'ICE07', severity: 'warning', check: fontsElsewhere },
  { id: 'ICE08', severity: 'error', check: sameGuids },
  { id: 'ICE09', severity: 'warning', check: systemFiles },
  { id: 'ICE18', severity: 'error', check: emptyKeyPaths },
  { id: 'ICE21', severity: 'error', check: withoutFeature },
  { id: 'ICE22', severity: 'error', check: publishedWithoutFeature },
  { id: 'ICE30', severity: 'error', check: samePlaces },
  { id: 'ICE38', severity: 'error', check: profileKeyPaths },
  { id: 'ICE43', severity: 'error', check: shortcutKeyPaths },
  { id: 'ICE57', severity: 'error', check: mixedUsers },
  { id: 'ICE64', severity: 'error', check: profileDirectories },
  { id: 'ICE80', severity: 'error', check: bitness },
  { id: 'ICE91', severity: 'warning', check: perUserInPerMachine },
];
