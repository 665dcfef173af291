import { entriesOf, nodeAt, textOf } from '../../yaml/node.ts';
import { isProject } from './files.ts';
import { isForWindows, namesIn } from './metadata.ts';
import type { CharmSubject } from './subject.ts';

export const windowsSuffixes = ['.ps1', '.cmd', '.bat', '.exe'];
const plainHooks = [
  ...[
    'install',
    'start',
    'config-changed',
    'upgrade-charm',
    'stop',
    'remove',
    'update-status',
    'collect-metrics',
  ],
  ...[
    'leader-elected',
    'leader-deposed',
    'leader-settings-changed',
    'meter-status-changed',
    'pre-series-upgrade',
  ],
  ...['post-series-upgrade', 'secret-changed', 'secret-expired', 'secret-remove', 'secret-rotate'],
];
const relationEvents = ['created', 'joined', 'changed', 'departed', 'broken'];
const storageEvents = ['attached', 'detaching'];

/** Whether one program takes every hook and action. */
export function hasDispatch(subject: CharmSubject): boolean {
  const names = isForWindows(subject) ? windowsSuffixes.map((suffix) => `dispatch${suffix}`) : ['dispatch'];
  return names.some((name) => subject.tree.entries.has(name));
}

/** Whether charmcraft makes dispatch: the plugins for Python do. */
export function makesDispatch({ tree, document }: CharmSubject): boolean {
  const parts = entriesOf(nodeAt(document('charmcraft.yaml')?.root, 'parts'));
  const plugins = parts.map(({ key, value }) => textOf(nodeAt(value, 'plugin')) ?? key);
  return isProject(tree) && (parts.length === 0 || plugins.some((name) => !['dump', 'nil'].includes(name)));
}

/** Programs that Juju starts: whether it finds them, may start them, and can. */
export function checkScripts(subject: CharmSubject): void {
  const { tree, about } = subject;
  const windows = isForWindows(subject);
  const hooks = [...tree.entries.keys()].filter((path) => /^hooks\/[^/]+$/.test(path));
  if (!makesDispatch(subject) && !hasDispatch(subject) && !hooks.some((path) => isHook(subject, path)))
    about(windows ? 'dispatch.ps1' : 'dispatch')(
      'no-program',
      undefined,
      'there is neither dispatch nor a hook: Juju starts nothing and says nothing',
      `Add ${windows ? 'dispatch.ps1' : 'dispatch'}.`,
    );
  for (const [path, entry] of tree.entries) {
    if (entry.kind !== 'file' || !/^(dispatch(\.[a-z0-9]+)?|(hooks|actions)\/[^/]+)$/.test(path)) continue;
    if (!path.startsWith('dispatch') && hasDispatch(subject)) continue;
    if (windows) checkWindowsProgram(subject, path);
    else if (path.startsWith('dispatch') ? path === 'dispatch' : !/\.[a-z]+$/.test(path))
      checkUnixProgram(subject, path);
  }
  checkPowerShell(subject);
}

/** Whether a file is a hook that Juju would start. */
function isHook(subject: CharmSubject, path: string): boolean {
  const name = path.slice('hooks/'.length).replace(/\.(ps1|cmd|bat|exe)$/, '');
  return hookNames(subject).has(name);
}

function hookNames(subject: CharmSubject): ReadonlySet<string> {
  const metadata = subject.document('metadata.yaml');
  const endpoints = ['provides', 'requires', 'peers'].flatMap((role) => namesIn(metadata, role));
  const storage = entriesOf(nodeAt(metadata?.root, 'storage')).map(({ key }) => key);
  return new Set([
    ...plainHooks,
    ...['juju-info', ...endpoints].flatMap((name) =>
      relationEvents.map((event) => `${name}-relation-${event}`),
    ),
    ...storage.flatMap((name) => storageEvents.map((event) => `${name}-storage-${event}`)),
  ]);
}

function checkWindowsProgram({ tree, about }: CharmSubject, path: string): void {
  const isProgram = path === 'dispatch' || /^(hooks|actions)\/[a-z0-9-]+$/.test(path);
  if (!isProgram || windowsSuffixes.some((suffix) => tree.entries.has(path + suffix))) return;
  about(path)(
    'windows-suffix',
    undefined,
    'Juju on Windows does not find a program without a suffix',
    `Name it ${path}.ps1.`,
  );
}

function checkUnixProgram({ tree, about }: CharmSubject, path: string): void {
  const entry = tree.entries.get(path);
  if (!entry) return;
  const report = about(path);
  // Juju itself makes hooks executable, and neither dispatch nor actions.
  if (!entry.executable && !path.startsWith('hooks/'))
    report(
      'not-executable',
      undefined,
      'it has no x bit: every hook ends with "permission denied"',
      `chmod +x ${path}, and pack it with its mode.`,
    );
  const head = entry.read().subarray(0, 256).toString('latin1');
  const [first = ''] = head.split('\n');
  const at = { at: { line: 1, column: 1 } };
  if (head.startsWith('\x7fELF')) return;
  if (!first.startsWith('#!'))
    report('shebang', at, 'its first line names no program that runs it', 'Begin with `#!/bin/sh`.');
  else if (first.endsWith('\r'))
    report(
      'line-ends',
      at,
      'its lines end with CR LF: the system looks for a program with a CR in its name',
      'Save it with LF line ends.',
    );
}

/** Windows PowerShell reads a script without a mark in the code page of the machine. */
function checkPowerShell({ tree, about }: CharmSubject): void {
  for (const [path, entry] of tree.entries) {
    if (entry.kind !== 'file' || !/^(dispatch|(hooks|actions|lib)\/(?!.*\/Tests\/).*)\.psm?1$/.test(path))
      continue;
    const text = entry.read().toString('latin1');
    if (text.startsWith('\u00ef\u00bb\u00bf')) continue;
    const line = withoutComments(text)
      .split('\n')
      .findIndex((one) => /[\u0080-\u00ff]/.test(one));
    if (line < 0) continue;
    about(path)(
      'powershell-encoding',
      { at: { line: line + 1, column: 1 } },
      'it is not ASCII and has no byte order mark: Windows PowerShell reads other characters',
      'Keep to ASCII, or save it as UTF-8 with a byte order mark.',
      path.startsWith('lib/') ? 'warning' : 'error',
    );
  }
}

/** Comments may hold what they like; line breaks stay. */
function withoutComments(script: string): string {
  return script
    .replace(/<#[\s\S]*?#>/g, (comment) => comment.replace(/[^\n]/g, ''))
    .replace(/^\s*#.*$/gm, '');
}
