import type { FragmentRule } from '../../../../site/grammar/rule.ts';
import { windowsPathPattern } from '../../../../site/values/text.ts';
import { durationPattern, secondsOf } from '../../../../site/values/units.ts';
import type { YamlFinding } from '../../../../site/yaml/finding.ts';
import { nearestName } from '../../../../site/yaml/nearest.ts';
import { isTaskProgram, taskPrograms } from '../programs.ts';
import { glanceNodeEntries, glanceOf } from './fragment.ts';

const home = ['components', 'glance', 'tasks'];
const daySeconds = 24 * 3600;

/** A program of Glance, or the path of any other one: a task has no PATH that anybody could rely on. */
const programIsKnown: FragmentRule = (site) =>
  tasks(site).flatMap(([name, { run = [] }]): readonly YamlFinding[] => {
    const [program] = run;
    if (program === undefined || isTaskProgram(program) || windowsPathPattern.test(program)) return [];
    const near = nearestName(program, taskPrograms);
    const hint = near
      ? `did you mean \`${near}\`?`
      : `write a path (C:\\folder\\program.exe), or one of ${taskPrograms.join(', ')}`;
    const message = `\`${program}\` is neither a path nor a program of Glance that a task can run`;
    return [{ path: [...home, name, 'run', 0], message, hint }];
  });

const hasOneTime: FragmentRule = (site) =>
  tasks(site).flatMap(([name, { daily, every }]): readonly YamlFinding[] => {
    if ((daily === undefined) !== (every === undefined)) return [];
    const message = daily === undefined ? 'this task has no time' : 'this task has two times';
    return [
      { path: [...home, name], on: 'key', message, hint: 'write one of daily ("03:30") and every (6h)' },
    ];
  });

/** What the Task Scheduler of Windows can keep. */
const timesAreMinutes: FragmentRule = (site) =>
  tasks(site).flatMap(([name, task]) =>
    (['every', 'limit'] as const).flatMap((key): readonly YamlFinding[] => {
      const written = task[key];
      if (written === undefined || !durationPattern.test(written)) return [];
      const seconds = secondsOf(written);
      const maxSeconds = key === 'every' ? daySeconds - 60 : 30 * daySeconds;
      if (seconds >= 60 && seconds <= maxSeconds && seconds % 60 === 0) return [];
      const bounds = key === 'every' ? 'less than a day (once a day is `daily`)' : '30 days at most';
      return [
        {
          path: [...home, name, key],
          message: `\`${key}\` must be whole minutes, at least one, and ${bounds}`,
        },
      ];
    }),
  );

const nodesAreKnown: FragmentRule = (site) => {
  const known = glanceNodeEntries(site.nodes).map(({ name }) => name);
  return tasks(site).flatMap(([name, { nodes = [] }]) =>
    nodes.flatMap((node, index): readonly YamlFinding[] => {
      if (known.includes(node)) return [];
      const near = nearestName(node, known);
      const hint = near
        ? `did you mean \`${near}\`?`
        : `nodes that run the image service: ${known.join(', ')}`;
      const message = `\`${node}\` is not a node that runs the image service`;
      return [{ path: [...home, name, 'nodes', index], message, hint }];
    }),
  );
};

function tasks(site: Parameters<FragmentRule>[0]) {
  return Object.entries(glanceOf(site)?.tasks ?? {}).map(([name, task]) => [name, task ?? {}] as const);
}

export const taskRules: readonly FragmentRule[] = [
  programIsKnown,
  hasOneTime,
  timesAreMinutes,
  nodesAreKnown,
];
