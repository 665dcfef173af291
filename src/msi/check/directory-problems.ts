import type { MsiModel } from '../model/model.ts';
import { folded, identifier, standardFolders, windowsNameProblem } from '../model/names.ts';
import { type ItemProblem, type ModelProblem, problemsIn } from '../model/problem.ts';
import { orderProperties, ownProperties, settingProperties } from '../model/reserved-names.ts';

/** What is wrong with the model's own directories. Two at one place would leave the rows of one without a directory. */
export function directoryProblems({ directories, installDirectory }: MsiModel): ModelProblem[] {
  const placeOf = (root: string, path: readonly string[]) => folded([root, ...path].join('/'));
  const install = placeOf('ProgramFiles64Folder', installDirectory);
  const seen = new Set(['TARGETDIR']);
  const places = new Map<string, string>();
  return problemsIn('directories', directories, ({ id, root, path, permanent }) => {
    const problems: ItemProblem[] = [];
    const refuse = (key: string, message: string) => problems.push([key, `directory ${id}: ${message}`]);
    if (!identifier.test(id))
      problems.push(['id', `directory id ${id} must be letters, digits, _ and . (72 at most)`]);
    if (seen.has(id)) problems.push(['id', `directory id ${id} is used twice`]);
    seen.add(id);
    const taken = ownProperties.has(id) || orderProperties.has(id) || settingProperties.has(id);
    if (id !== 'INSTALLDIR' && taken)
      refuse('id', 'Windows Installer has a property of that name, which the directory would replace');
    if (!standardFolders.some((folder) => folder === root))
      refuse('root', `root ${root} must be one of ${standardFolders.join(', ')}`);
    if (path.length === 0) refuse('path', 'path is empty');
    for (const part of path) {
      const problem = windowsNameProblem(part);
      if (problem) refuse('path', `${JSON.stringify(part)} ${problem}`);
    }
    const place = placeOf(root, path);
    if (place === install && id !== 'INSTALLDIR')
      refuse('path', 'this is the install directory; give it the id INSTALLDIR to set its permissions');
    if (place !== install && id === 'INSTALLDIR')
      refuse('path', 'INSTALLDIR is the install directory below ProgramFiles64Folder, and nothing else');
    if (id === 'INSTALLDIR' && permanent)
      refuse('permanent', 'the install directory goes with the product when it is empty');
    const other = places.get(place);
    if (other !== undefined) refuse('path', `directory ${other} is at this place already`);
    places.set(place, id);
    return problems;
  });
}
