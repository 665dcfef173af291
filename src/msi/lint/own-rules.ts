import { sharedLists } from '../model/reserved-names.ts';
import { installedFiles } from '../read/view.ts';
import { bits, type LintedPackage, type LintRule } from './rule.ts';

function registryValues({ rows }: LintedPackage): string[] {
  return rows('Registry').flatMap(({ Registry, Value }) => {
    const value = String(Value ?? '');
    return /%\w+%/.test(value) && !value.startsWith('#%')
      ? [`registry value ${Registry} names an environment variable but is not expandable text (#%)`]
      : [];
  });
}

/** Windows hands these on by itself. */
const handedOn = new Set(['ADDLOCAL', 'ALLUSERS', 'INSTALLLEVEL', 'REINSTALL', 'REINSTALLMODE', 'REMOVE']);
const secret = /PASSW|PWD|SECRET|TOKEN/i;

/** Secret-looking properties are hidden; public ones that the installing process uses are handed to it. */
function properties(subject: LintedPackage): string[] {
  const list = (name: string) => new Set((subject.properties.get(name) ?? '').split(';').filter(Boolean));
  const [hidden, secure] = [list('MsiHiddenProperties'), list('SecureCustomProperties')];
  const directories = new Set(subject.rows('Directory').map(({ Directory }) => String(Directory)));
  const used = ['ServiceInstall', 'Registry', 'IniFile', 'Environment', 'CustomAction'].flatMap((table) =>
    subject
      .rows(table)
      .flatMap((row) => [
        ...Object.values(row).flatMap((cell) =>
          [...String(cell ?? '').matchAll(/\[([A-Z_][A-Z0-9_.]*)\]/g)].map(([, name = '']) => name),
        ),
      ]),
  );
  const searched = new Set(subject.rows('AppSearch').map(({ Property }) => String(Property)));
  const names = [...new Set([...subject.properties.keys(), ...used, ...secure])].filter(
    (name) => name !== 'MsiHiddenProperties' && name !== 'SecureCustomProperties',
  );
  return [
    ...names.flatMap((name) =>
      secret.test(name) && !hidden.has(name)
        ? [`property ${name} looks secret and is not in MsiHiddenProperties`]
        : [],
    ),
    ...[...new Set(used)].flatMap((name) =>
      handedOn.has(name) || secure.has(name) || directories.has(name) || searched.has(name)
        ? []
        : [`property ${name} is used while installing and is not in SecureCustomProperties`],
    ),
  ];
}

const vital = 0x8000;

function services({ rows }: LintedPackage): string[] {
  const owners = new Map(rows('File').map(({ File, Component_ }) => [File, Component_]));
  const keyPaths = new Map(rows('Component').map(({ Component, KeyPath }) => [Component, KeyPath]));
  return rows('ServiceInstall').flatMap(({ Name, ErrorControl, Component_ }) => {
    const owner = owners.get(keyPaths.get(Component_ ?? '') ?? '');
    return [
      ...(bits(ErrorControl) & vital
        ? []
        : [`service ${Name} may fail to be installed in silence (not vital)`]),
      ...(owner === Component_ ? [] : [`the key path of service ${Name} is not its program`]),
    ];
  });
}

/** Windows Installer fails above 260 characters, drive and folder included. */
const maxPathLength = 240;

function paths(subject: LintedPackage): string[] {
  const folders: Readonly<Record<string, string>> = {
    ProgramFiles64Folder: 'C:\\Program Files',
    ProgramFilesFolder: 'C:\\Program Files (x86)',
  };
  return installedFiles(subject).flatMap(({ key, path }) => {
    if (path === undefined) return [`file ${key} lies in no directory`];
    const [root = '', ...rest] = path.split('/');
    const length = [folders[root] ?? root, ...rest].join('\\').length;
    return length > maxPathLength ? [`${path} has ${length} characters when installed`] : [];
  });
}

/** Traces of the machine that built the package. */
function buildPaths({ tables }: LintedPackage): string[] {
  return [...tables.values()].flatMap(({ name, rows }) =>
    rows.flatMap((row) =>
      row.flatMap((cell) =>
        /^(\/(home|root|tmp|build|var)\/|[A-Z]:\\(Users|build)\\)/.test(String(cell ?? ''))
          ? [`${name} holds a path of the builder: ${cell}`]
          : [],
      ),
    ),
  );
}

function codes({ summary, properties: own }: LintedPackage): string[] {
  return summary.revision !== undefined && summary.revision === own.get('ProductCode')
    ? ['package code and product code are the same']
    : [];
}

/** Windows Installer reads this stream in an ANSI code page, whatever the database has. Source: SDK, "Codepage Summary Property". */
function summaryCodepage({ summary: { codepage } }: LintedPackage): string[] {
  return codepage === 65_001 || codepage === 65_000 || codepage === 1200 || codepage === 1201
    ? [`the summary information has code page ${codepage}, which is not an ANSI code page`]
    : [];
}

/** A list that all programs share keeps what others put into it. Source: Windows Installer SDK, "Environment Table". */
function sharedVariables({ rows }: LintedPackage): string[] {
  return rows('Environment').flatMap(({ Environment, Name, Value }) => {
    const [, signs = '', name = ''] = /^([=+*!-]*)(.*)$/.exec(String(Name)) ?? [];
    const sets = signs.includes('=') || !/[+!-]/.test(signs);
    return sets && sharedLists.has(name.toLowerCase()) && !String(Value ?? '').includes('[~]')
      ? [
          `${Environment} sets ${name} to ${Value ?? 'nothing'} without [~]: what other programs have there is lost`,
        ]
      : [];
  });
}

/** A directory is filled in with a backslash at its end, which escapes the quote behind it. Source: CommandLineToArgvW. */
function quotedDirectories({ rows }: LintedPackage): string[] {
  const directories = new Set(rows('Directory').map(({ Directory }) => String(Directory)));
  const texts = [
    ...rows('ServiceInstall').map(({ Name, Arguments }) => ['service', Name, Arguments] as const),
    ...rows('Shortcut').map(({ Shortcut, Arguments }) => ['shortcut', Shortcut, Arguments] as const),
    ...rows('CustomAction').map(({ Action, Target }) => ['action', Action, Target] as const),
  ];
  return texts.flatMap(([what, name, text]) =>
    [...String(text ?? '').matchAll(/\[([A-Za-z_][\w.]*)\]"/g)]
      .filter(([, directory = '']) => directories.has(directory))
      .map(
        ([, directory]) =>
          `${what} ${name}: the \\ at the end of [${directory}] escapes the quote behind it; write "[${directory}]."`,
      ),
  );
}

/** Rules beyond Microsoft's. */
export const ownRules: readonly LintRule[] = [
  { id: 'registry-expand', severity: 'warning', check: registryValues },
  { id: 'property', severity: 'warning', check: properties },
  { id: 'service', severity: 'warning', check: services },
  { id: 'path-length', severity: 'error', check: paths },
  { id: 'build-path', severity: 'warning', check: buildPaths },
  { id: 'package-code', severity: 'error', check: codes },
  { id: 'summary-codepage', severity: 'error', check: summaryCodepage },
  { id: 'environment', severity: 'error', check: sharedVariables },
  { id: 'quoted-directory', severity: 'warning', check: quotedDirectories },
];
