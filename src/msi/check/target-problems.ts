import type { MsiModel } from '../model/model.ts';
import { folded, windowsNameProblem } from '../model/names.ts';
import { type ModelProblem, problemsIn } from '../model/problem.ts';

/** Windows Installer fails above 260 characters; 20 stay for what Windows adds on its own. */
const maxPathLength = 240;

/** What is wrong with the places of files: names that Windows refuses, too long paths, two things at one place. */
export function targetProblems({ files, installDirectory }: MsiModel): ModelProblem[] {
  const problems = keptProblems(files);
  if (files.length === 0) problems.push({ path: ['files'], message: 'there are no files to install' });
  if (installDirectory.length === 0)
    problems.push({ path: ['installDirectory'], message: 'installDirectory must name at least one folder' });
  for (const folder of installDirectory) {
    const problem = windowsNameProblem(folder);
    if (problem)
      problems.push({
        path: ['installDirectory'],
        message: `installDirectory: ${JSON.stringify(folder)} ${problem}`,
      });
  }
  const base = ['C:\\Program Files', ...installDirectory, ''].join('\\').length;
  const seen = new Map<string, number>();
  const folders = new Map<string, string>();
  files.forEach(({ target }, index) => {
    const report = (message: string) => problems.push({ path: ['files', index, 'target'], message });
    const parts = target.split('/');
    const problem = parts.map(windowsNameProblem).find(Boolean);
    if (problem) report(`target ${JSON.stringify(target)}: a part of it ${problem}`);
    if (base + target.length > maxPathLength)
      report(
        `target ${target} makes a path of ${base + target.length} characters, at most ${maxPathLength} are safe`,
      );
    const same = seen.get(folded(target));
    if (same !== undefined) report(`targets ${files[same]?.target} and ${target} are one file on Windows`);
    seen.set(folded(target), index);
    for (let end = target.lastIndexOf('/'); end > 0; end = target.lastIndexOf('/', end - 1)) {
      const folder = folded(target.slice(0, end));
      if (folders.has(folder)) break;
      folders.set(folder, target);
    }
  });
  for (const [path, index] of seen) {
    const inside = folders.get(path);
    if (inside !== undefined)
      problems.push({
        path: ['files', index, 'target'],
        message: `target ${files[index]?.target} is a file, but ${inside} needs it as a directory`,
      });
  }
  return problems;
}

/** Costing leaves out a file that is there and kept; the removal of the old product then deletes it. */
function keptProblems(files: MsiModel['files']): ModelProblem[] {
  return problemsIn('files', files, ({ target, neverOverwrite, permanent }) =>
    neverOverwrite && !permanent
      ? [
          [
            'neverOverwrite',
            `file ${target} is never overwritten, so it must be permanent as well: an upgrade would delete it`,
          ],
        ]
      : [],
  );
}
