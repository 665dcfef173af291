import { z } from 'zod';

/** The series of a site that names none. */
export const defaultRelease = '2024.2';
const supported = ['2023.1', '2023.2', '2024.1', '2024.2'] as const;

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

/** Glance removed its Windows code in 2025.1 (commit acab9351a, in 30.0.0). */
const firstWithoutWindows = 2025;

export const release = z
  .enum(supported, { error: ({ input }) => refusal(input) })
  .default(defaultRelease)
  .describe('OpenStack series; decides versions, options and fixes');

function refusal(input: unknown): string {
  const written = String(input).toLowerCase();
  const series = codeNames[written] ?? written;
  const known = supported.some((one) => one === series);
  if (known) return `must be one of ${supported.join(', ')}, as text\nwrite "${series}"`;
  if (/^\d{4}\.\d$/.test(series) && Number.parseInt(series, 10) >= firstWithoutWindows)
    return `${series} cannot run on Windows: Glance has no Windows code from 2025.1 on\n"2024.2" is the last release that has`;
  return `must be one of ${supported.join(', ')}`;
}
