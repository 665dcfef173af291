import { describe, expect, test } from 'vitest';
import { lintRules } from '../../../src/charm/lint/rules/index.ts';
import { explanations } from '../../../src/msi/lint/explanations.ts';
import { againstCases } from './against-cases.ts';
import { bundleCases } from './bundle-cases.ts';
import { charmCases } from './charm-cases.ts';

/** `RULE FILE:LINE` of every broken charm and bundle. */
const cases = [...charmCases, ...againstCases, ...bundleCases].map(([expected]) => expected);
/** These need an archive, or two charms for Windows (lint-charm.test.ts). */
const elsewhere = ['file-name', 'size', 'against-series'];

describe('the rules of both lints', () => {
  test('each have a broken charm or bundle', () => {
    const broken = new Set([...cases.map((expected) => expected.split(' ')[0]), ...elsewhere]);
    expect(Object.keys(lintRules).filter((rule) => !broken.has(rule))).toEqual([]);
    expect(cases.length).toBeGreaterThan(170);
  });

  test('have texts of whole sentences, and names that no other lint has', () => {
    const ofPackages = Object.keys(explanations);
    for (const [rule, { text }] of Object.entries(lintRules)) {
      expect(ofPackages).not.toContain(rule);
      expect(text).toMatch(/^[A-Z`].*\.$/);
      for (const sentence of text.split(/\. /)) expect(sentence.split(' ').length).toBeLessThanOrEqual(25);
    }
  });
});
