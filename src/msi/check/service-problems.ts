import type { MsiModel, MsiService } from '../model/model.ts';
import { folded } from '../model/names.ts';
import { type ItemProblem, type ModelProblem, problemsIn } from '../model/problem.ts';

const serviceName = /^[^/\\[\]{}]{1,80}$/;

/** What is wrong with services: their names, programs and what they wait for. */
export function serviceProblems({ services, files, properties }: MsiModel): ModelProblem[] {
  const targets = new Set(files.map(({ target }) => target));
  const hidden = new Set(properties.filter((property) => property.hidden).map(({ name }) => `[${name}]`));
  const seen = new Set<string>();
  const programs = new Map<string, string>();
  const circle = circleOf(services);
  return problemsIn('services', services, (service) => {
    const { name, file, dependencies, password } = service;
    const problems: ItemProblem[] = [];
    if (!serviceName.test(name))
      problems.push(['name', `service name ${JSON.stringify(name)} is not allowed`]);
    if (seen.has(folded(name))) problems.push(['name', `service ${name} is given twice`]);
    seen.add(folded(name));
    problems.push(...displayProblems(service, services));
    if (!targets.has(file))
      problems.push(['file', `service ${name}: its program ${file} is not among the files`]);
    const other = programs.get(folded(file));
    if (other !== undefined)
      problems.push([
        'file',
        `services ${other} and ${name} share the program ${file}; give each a target of its own`,
      ]);
    programs.set(folded(file), name);
    for (const needed of dependencies)
      if (!serviceName.test(needed))
        problems.push(['dependencies', `service ${name}: dependency ${JSON.stringify(needed)}`]);
    if (circle[0] === name)
      problems.push([
        'dependencies',
        `service ${name} waits for itself, so Windows never starts it: ${[...circle, name].join(' -> ')}`,
      ]);
    if (password !== undefined && !hidden.has(password))
      problems.push([
        'password',
        `service ${name}: its password must be a hidden property in brackets, as [SERVICEPASSWORD]`,
      ]);
    return problems;
  });
}

/** Names and display names share one space. Source: CreateServiceW, ERROR_DUPLICATE_SERVICE_NAME. */
function displayProblems({ name, displayName }: MsiService, services: readonly MsiService[]): ItemProblem[] {
  const own = folded(displayName);
  const at = services.findIndex((service) => service.name === name);
  const other = services.find(
    (service, i) =>
      i !== at && (folded(service.name) === own || (i < at && folded(service.displayName) === own)),
  );
  return other
    ? [
        [
          'displayName',
          `service ${name}: ${displayName} is a name of service ${other.name}, so Windows refuses it`,
        ],
      ]
    : [];
}

/** The first services that wait for each other, in the order in which they do. */
function circleOf(services: readonly MsiService[]): readonly string[] {
  const byName = new Map(services.map((service) => [folded(service.name), service]));
  const cleared = new Set<MsiService>();
  const walk = (service: MsiService, above: readonly MsiService[]): readonly MsiService[] => {
    if (cleared.has(service)) return [];
    if (above.includes(service)) return above.slice(above.indexOf(service));
    for (const needed of service.dependencies) {
      const next = byName.get(folded(needed));
      const found = next ? walk(next, [...above, service]) : [];
      if (found.length > 0) return found;
    }
    cleared.add(service);
    return [];
  };
  for (const service of services) {
    const found = walk(service, []);
    if (found.length > 0) return found.map(({ name }) => name);
  }
  return [];
}
