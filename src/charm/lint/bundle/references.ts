import { itemsOf, textOf, type YamlNode } from '../../yaml/node.ts';
import type { Report } from '../finding.ts';
import { type Application, type Bundle, endpointsOf } from './model.ts';
import { placementOf } from './values.ts';

/** What a bundle says of itself: relations, places and machines name what is there. */
export function checkReferences(bundle: Bundle, report: Report): void {
  for (const [name, { entry }] of bundle.applications)
    if (bundle.saas.has(name))
      report(
        'saas-twice',
        bundle.saas.get(name) ?? entry,
        `\`${name}\` is an application as well`,
        'Give one of them another name.',
      );
  checkRelations(bundle, report);
  const used = checkPlaces(bundle, report);
  for (const [id, entry] of bundle.machines)
    if (!used.has(id))
      report(
        'machine-unused',
        entry,
        `no unit is placed on machine ${id}; Juju refuses a machine that nothing uses`,
        'Delete it, or place a unit on it.',
      );
  for (const { keys } of bundle.applications.values()) {
    const constraints = textOf(keys.get('constraints')?.value) ?? '';
    if (/(^|\s)image-id=/.test(constraints) && !keys.has('base'))
      report(
        'image-base',
        keys.get('constraints'),
        'image-id needs the base of the application',
        'Add `base: ubuntu@24.04`.',
      );
  }
}

function checkRelations({ applications, saas, relations }: Bundle, report: Report): void {
  const seen = new Set<string>();
  for (const relation of relations) {
    const ends = endpointsOf(relation);
    const [a, b] = ends;
    if (!a || !b || ends.length !== 2 || ends.some(({ name }) => !name)) {
      report('relation-ends', relation, 'a relation has two ends', 'Write `[app:endpoint, app:endpoint]`.');
      continue;
    }
    for (const { name, node } of ends)
      if (!applications.has(name) && !saas.has(name))
        report(
          'relation-unknown',
          node,
          `there is no application \`${name}\``,
          'Add it, or move the relation to the overlay that brings it.',
        );
    if (a.name === b.name)
      report(
        'relation-self',
        relation,
        `\`${a.name}\` is related to itself`,
        'Name another application; peers need no relation.',
      );
    const key = [`${a.name}:${a.endpoint ?? ''}`, `${b.name}:${b.endpoint ?? ''}`].sort().join(' ');
    if (seen.has(key))
      report('relation-twice', relation, 'this relation is there already', 'Delete one of them.');
    seen.add(key);
  }
}

/** Gives the machines that units are placed on. */
function checkPlaces(bundle: Bundle, report: Report): ReadonlySet<string> {
  const used = new Set<string>();
  for (const { keys } of bundle.applications.values())
    for (const node of itemsOf(keys.get('to')?.value)) {
      const place = placementOf(node.kind === 'scalar' ? node.text : '');
      if (place?.machine !== undefined) {
        used.add(place.machine);
        if (!bundle.machines.has(place.machine))
          report(
            'machine-unknown',
            node,
            `there is no machine ${place.machine} below \`machines\``,
            `Add \`"${place.machine}": {}\` there.`,
          );
      } else if (place?.application) checkBeside(bundle, node, place.application, place.unit, report);
    }
  return used;
}

function checkBeside(
  { applications }: Bundle,
  node: YamlNode,
  name: string,
  unit: number | undefined,
  report: Report,
): void {
  const other = applications.get(name);
  if (!other)
    report(
      'place-unknown',
      node,
      `there is no application \`${name}\` to be placed beside`,
      'Name an application of the bundle.',
    );
  else if (unit !== undefined && unit >= unitsOf(other))
    report(
      'place-unit',
      node,
      `\`${name}\` has ${unitsOf(other)} units; they are counted from 0`,
      'Name one that is there.',
    );
}

function unitsOf({ keys }: Application): number {
  const node = keys.get('num_units')?.value ?? keys.get('scale')?.value;
  return node?.kind === 'scalar' && typeof node.value === 'number' ? node.value : 0;
}
