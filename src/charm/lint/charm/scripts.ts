import { entriesOf, nodeAt } from '../../yaml/node.ts';
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

/** Programs that Juju starts: whether it finds them, may start them, and can. */
export function checkScripts(subject: CharmSubject): void {
  const { tree, about } = subject;
  const windows = isForWindows(subject);
  const hooks = [...tree.entries.keys()].filter((path) => /^hooks\/[^/]+$/.test(path));
  if (!hasDispatch(subject) && !hooks.some((path) => isHook(subject, path)))
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
    if (entry.kind !== 'file' || !/^(dispatch|(hooks|actions|lib)\/.*)\.psm?1$|^dispatch\.ps1$/.test(path))
      continue;
    const bytes = entry.read();
    const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
    const foreign = bytes.findIndex((byte) => byte > 0x7f);
    if (marked || foreign < 0) continue;
    const line = bytes.subarray(0, foreign).toString('latin1').split('\n').length;
    about(path)(
      'powershell-encoding',
      { at: { line, column: 1 } },
      'it is not ASCII and has no byte order mark: Windows PowerShell reads other characters',
      'Keep to ASCII, or save it as UTF-8 with a byte order mark.',
      path.startsWith('lib/') ? 'warning' : 'error',
    );
  }
}
