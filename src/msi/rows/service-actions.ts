import type { MsiAction } from '../model/action-model.ts';
import type { MsiModel, MsiService } from '../model/model.ts';
import { rowId, standardFolders } from '../model/names.ts';
import { programComponent } from './service-rows.ts';

type ServicedModel = Pick<MsiModel, 'services' | 'directories'>;

/**
 * What Windows Installer cannot say of a service is said by sc.exe, right behind InstallServices. MsiServiceConfigFailureActions is not
 * used: with actions that restart a service MsiConfigureServices ends in error 1939 on Windows, and the install is rolled back; its
 * documentation points to sc.exe, too.
 */
function serviceActions({ services, directories }: ServicedModel): readonly MsiAction[] {
  const folders = new Set<string>([...standardFolders, 'INSTALLDIR', ...directories.map(({ id }) => id)]);
  return services.flatMap((service) =>
    controlLines(service, folders).map((line, i) => ({
      name: `Configure_${i + 1}_${rowId('s', service.name)}`,
      call: { directory: 'System64Folder', command: `"[System64Folder]sc.exe" ${line}` },
      place: { after: 'InstallServices' },
      progress: `Configuring service ${service.name}`,
      // The program's component is about to be installed.
      condition: `$${programComponent(service)} = 3`,
      execute: 'deferred',
      // The service runs without it, and sc.exe of Wine knows less.
      ignoreResult: true,
    })),
  );
}

function controlLines({ name, start, recovery }: MsiService, folders: ReadonlySet<string>): string[] {
  const lines: string[] = [];
  if (start === 'delayed') lines.push(`config "${name}" start= delayed-auto`);
  if (recovery) {
    const { resetAfter, actions, command, onError } = recovery;
    // Pairs of action and delay; an empty action does nothing.
    const list = actions.map(({ action, delay }) => `${action === 'none' ? '' : action}/${delay}`).join('/');
    const words = [`reset= ${resetAfter}`, `actions= ${list}`];
    if (command !== undefined) words.push(`command= ${quoted(command, folders)}`);
    lines.push(`failure "${name}" ${words.join(' ')}`);
    if (onError) lines.push(`failureflag "${name}" 1`);
  }
  return lines;
}

/**
 * One argument for a program of Microsoft's C library: backslashes in front of a quote count double. A directory ends in one when it is
 * filled in, so one more stands behind it there.
 */
function quoted(text: string, folders: ReadonlySet<string>): string {
  const isFolder = (property: string) => folders.has(property.slice(1, -1));
  const inside = text
    .replace(/(\\*)(\[[A-Za-z_][\w.]*\])?"/g, (_, slashes: string, property = '') =>
      isFolder(property)
        ? `${slashes}${property}\\\\"`
        : `${property ? slashes : slashes + slashes}${property}\\"`,
    )
    .replace(/\\+$/, '$&$&')
    .replace(/\[[A-Za-z_][\w.]*\]$/, (property) => (isFolder(property) ? `${property}\\` : property));
  return `"${inside}"`;
}

/** All custom actions of a package: those for its services, then the model's own. */
export function actionsOf(model: ServicedModel & Pick<MsiModel, 'actions'>): readonly MsiAction[] {
  return [...serviceActions(model), ...(model.actions ?? [])];
}
