import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { protectionProblems } from '../../../src/components/glance/render/property-protections.ts';

interface Case {
  readonly name: string;
  readonly text: string;
  readonly format?: 'policies';
  /** Line (0: the whole file) and message. */
  readonly problems: readonly (readonly [number, string])[];
}

const cases = JSON.parse(
  readFileSync('test/cases/options/property-protections.json', 'utf8'),
) as readonly Case[];

describe('a property-protection file', () => {
  it.each(cases)('$name', ({ text, format, problems }) => {
    const found = protectionProblems(text, 'p.conf', format ?? 'roles');
    expect(found.map(({ position, message }) => [position?.line ?? 0, message])).toEqual(problems);
  });
});
