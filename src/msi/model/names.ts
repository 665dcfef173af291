import { hash } from 'node:crypto';

/** An identifier of a row: the letter says of what, the rest is a digest of `text`; letters, digits and `_` only. */
export function rowId(letter: string, text: string): string {
  return `${letter}_${hash('sha1', text).slice(0, 20)}`;
}

/** What may be the key of a row, the name of a property or of an action. */
export const identifier = /^[A-Za-z_][A-Za-z0-9_.]{0,71}$/;

/** A path as Windows compares it. Windows folds by a table of its own; names that differ only there are not met in practice. */
export const folded = (path: string) => path.toLowerCase();

/** Folder properties of Windows Installer below which a package may put things. */
export const standardFolders = [
  'ProgramFiles64Folder',
  'ProgramFilesFolder',
  'CommonAppDataFolder',
  'CommonFiles64Folder',
  'CommonFilesFolder',
  'System64Folder',
  'WindowsFolder',
  'WindowsVolume',
] as const;

/** Folders of a profile in which shortcuts may lie. */
export const shortcutFolders = ['ProgramMenuFolder', 'DesktopFolder', 'StartupFolder'] as const;

const reserved = /^(con|prn|aux|nul|com[1-9]|lpt[1-9])(\..*)?$/i;

/** What is wrong with `name` as the name of a file or directory on Windows, if anything. */
export function windowsNameProblem(name: string): string | undefined {
  if (name === '') return 'is empty';
  if (name === '.' || name === '..') return 'leaves its directory';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what Windows refuses
  const illegal = /[\u0000-\u001f<>:"/\\|?*]/.exec(name);
  if (illegal) return `contains ${JSON.stringify(illegal[0])}, which Windows does not allow`;
  if (/[. ]$/.test(name)) return 'ends with a dot or a space, which Windows cuts off';
  if (reserved.test(name)) return 'is the name of a device on Windows';
  return undefined;
}

/** `text` for a Formatted column in which nothing of it shall be filled in. Source: Windows Installer SDK, "Formatted". */
export const literal = (text: string) => text.replace(/[[\]{}]/g, (sign) => `[\\${sign}]`);
