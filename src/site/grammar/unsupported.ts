import type { YamlFinding } from '../yaml/finding.ts';
import { places, valueAt } from '../yaml/plain-data.ts';
import type { KeyPath } from '../yaml/rule.ts';
import type { Gap } from './gap.ts';
import type { SiteComponent } from './site-component.ts';

/** Those of the components; an entry goes when its capability comes. */
export function gapsOf(components: readonly SiteComponent[]): readonly Gap[] {
  return components.flatMap(({ name, site }) =>
    site.gaps.map((gap) => ({ ...gap, at: ['components', name, ...gap.at] })),
  );
}

/** Every key of `data` that asks for what cannot be done yet: refused, never ignored. */
export function unsupported(data: unknown, components: readonly SiteComponent[]): readonly YamlFinding[] {
  return gapsOf(components).flatMap((gap) =>
    places(data, gap.at)
      .filter((path) => !gap.only?.includes(valueAt(data, path)))
      .map((path) => refusal(gap, path, valueAt(data, path))),
  );
}

function refusal({ only, hint = only && theseAlone(only) }: Gap, path: KeyPath, value: unknown): YamlFinding {
  const key = path.findLast((step) => typeof step === 'string');
  const asked = typeof value === 'object' ? `${key}` : `${key}: ${String(value)}`;
  const message = `\`${asked}\` is not supported yet`;
  return {
    path,
    message,
    ...(typeof path.at(-1) === 'string' && !only && { on: 'key' }),
    ...(hint && { hint }),
  };
}

function theseAlone(values: readonly unknown[]): string {
  const quoted = values.map((value) => `\`${String(value)}\``);
  const last = quoted.at(-1) ?? '';
  return quoted.length < 2 ? `only ${last} is` : `only ${quoted.slice(0, -1).join(', ')} and ${last} are`;
}
