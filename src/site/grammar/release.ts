import { z } from 'zod';
import type { SiteComponent } from './site-component.ts';

/** The series of a site that names none. */
export const defaultRelease = '2024.2';

/** Code names of the series and of the first ones after them. */
const codeNames: Readonly<Record<string, string>> = {
  antelope: '2023.1',
  bobcat: '2023.2',
  caracal: '2024.1',
  dalmatian: '2024.2',
  epoxy: '2025.1',
  flamingo: '2025.2',
  gazpacho: '2026.1',
};

/** The releases that components have, oldest first; none where any will do. */
export function releasesOf(components: readonly SiteComponent[]): readonly string[] {
  return [...new Set(components.flatMap(({ releases }) => Object.keys(releases)))].sort();
}

/** `release` of a site with these components. */
export function releaseGrammar(components: readonly SiteComponent[]) {
  const supported = releasesOf(components);
  const series =
    supported.length > 0
      ? z.enum(supported, { error: ({ input }) => refusal(input, supported, components) })
      : z.string().regex(/^\d{4}\.\d$/, { error: 'must be a series of OpenStack, as text\n2024.2' });
  return series.default(defaultRelease).describe('OpenStack series; decides versions, options and fixes');
}

function refusal(input: unknown, supported: readonly string[], components: readonly SiteComponent[]): string {
  const written = String(input).toLowerCase();
  const series = codeNames[written] ?? written;
  if (supported.includes(series)) return `must be one of ${supported.join(', ')}, as text\nwrite "${series}"`;
  const [why] = components.flatMap(({ site }) => site.refusedRelease?.(series) ?? []);
  return why ?? `must be one of ${supported.join(', ')}`;
}
