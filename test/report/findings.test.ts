import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, describe, expect, test } from 'vitest';
import sarifSchema from '../../docs/reference/schemas/sarif.schema.json' with { type: 'json' };
import { stepResult } from '../../src/report/checks/steps.ts';
import { findingReports } from '../../src/report/findings/finding.ts';
import type { FindingReport } from '../../src/report/findings/report.ts';
import { oriel, workspace } from '../commands/workspace.ts';

const root = mkdtempSync(join(tmpdir(), 'oriel-findings-'));
const before = process.env.ORIEL_CACHE;
afterAll(() => {
  if (before === undefined) delete process.env.ORIEL_CACHE;
  else process.env.ORIEL_CACHE = before;
  rmSync(root, { recursive: true });
});

const schema = join(import.meta.dirname, '../../docs/reference/schemas/junit.xsd');

/** Whether XML keeps to the schema of JUnit; true where nobody can say. */
function isJUnit(xml: string): boolean {
  try {
    execFileSync('xmllint', ['--noout', '--nonet', '--schema', schema, '-'], { input: xml, stdio: 'pipe' });
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT';
  }
}

const ofSarif = new Ajv2020({ strict: true, allErrors: true }).compile(sarifSchema);

/** What the schema has against a text. */
function againstSchema(text: string): readonly string[] {
  return ofSarif(JSON.parse(text))
    ? []
    : (ofSarif.errors ?? []).map(({ instancePath, message }) => `${instancePath}: ${message}`);
}

const report: FindingReport = {
  ...{ verb: 'charm lint', version: '1.2.3', files: ['a b/x.charm', 'fine.charm'] },
  findings: [
    {
      ...{ rule: 'no-name', severity: 'error', file: 'a b/x.charm/metadata.yaml' },
      line: 3,
      message: '<no> name',
    },
    {
      ...{ rule: 'readme', severity: 'warning', file: 'a b/x.charm' },
      message: 'no README',
      remedy: 'Write one.',
    },
  ],
};

describe('findings for CI (ux row 23)', () => {
  test('are a suite for each file and a case for each finding in JUnit', () => {
    const xml = findingReports.junit(report);
    expect(isJUnit(xml)).toBe(true);
    expect(xml).toContain('<testsuite name="a b/x.charm" tests="2" failures="1"');
    expect(xml).toContain('name="no-name a b/x.charm/metadata.yaml 3:1"');
    expect(xml).toContain('<failure message="&lt;no&gt; name"/>');
    expect(xml).toMatch(/<testsuite name="fine.charm" tests="1" failures="0"[\s\S]*name="no findings"/);
  });

  test('are results with rule, level and place in SARIF', () => {
    const { version, runs } = JSON.parse(findingReports.sarif(report));
    expect(version).toBe('2.1.0');
    expect(runs[0].tool.driver).toEqual({
      ...{ name: 'oriel', semanticVersion: '1.2.3' },
      rules: [{ id: 'no-name' }, { id: 'readme' }],
    });
    expect(runs[0].results).toEqual([
      {
        ...{ ruleId: 'no-name', level: 'error', message: { text: '<no> name' } },
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: 'a%20b/x.charm/metadata.yaml' },
              region: { startLine: 3, startColumn: 1 },
            },
          },
        ],
      },
      {
        ...{ ruleId: 'readme', level: 'warning', message: { text: 'no README\nWrite one.' } },
        locations: [{ physicalLocation: { artifactLocation: { uri: 'a%20b/x.charm' } } }],
      },
    ]);
  });

  test('are SARIF by its schema, whatever a file is called and a message says', () => {
    expect(againstSchema(findingReports.sarif(report))).toEqual([]);
    const nasty = ['a#b?.yaml', 'c:d/e f.yaml', '../x\\y.yaml', '100%.msi', '\ud800.yaml', '日本.msi'];
    const findings = nasty.map((file, index) => {
      const place = index % 2 === 0 ? { line: 1 } : {};
      return { rule: 'r', severity: 'warning', file, message: '\u001b[31m\u202e<x>', ...place } as const;
    });
    const text = findingReports.sarif({ ...report, files: nasty, findings });
    expect(againstSchema(text)).toEqual([]);
    const { runs } = JSON.parse(text);
    const uris = runs[0].results.map(
      ({ locations }: { locations: { physicalLocation: { artifactLocation: { uri: string } } }[] }) =>
        locations[0]?.physicalLocation.artifactLocation.uri,
    );
    expect(uris.slice(0, 3)).toEqual(['a%23b%3F.yaml', 'c%3Ad/e%20f.yaml', '../x/y.yaml']);
    expect(againstSchema(text.replace('"level": "warning"', '"level": "warn"'))).not.toEqual([]);
    expect(againstSchema(text.replace('"startLine": 1', '"startLine": 0'))).not.toEqual([]);
    expect(againstSchema(text.replace('"columnKind"', '"columns"'))).not.toEqual([]);
  });

  test.each([
    ['validate', ['validate', 'product.yaml', 'site.yaml'], 2, 'site-file'],
    ['msi lint', ['msi', 'lint', 'x.msi'], 0, undefined],
    ['bundle lint', ['bundle', 'lint', 'a.txt'], 1, 'yaml-map'],
  ] as const)('come from %s', async (_, argv, code, rule) => {
    const [folder, home] = [workspace(root), process.cwd()];
    const call = async (...more: readonly string[]) => {
      const said = await oriel('-C', folder, ...argv, ...more);
      process.chdir(home);
      // Behind what is said meanwhile.
      return { ...said, text: said.text.slice(said.text.search(/^<\?xml|^\{\n/m)) };
    };
    await oriel('-C', folder, 'msi', 'build', 'product.yaml', '--out', 'x.msi');
    process.chdir(home);
    const xml = await call('--format', 'junit');
    expect(xml.code, xml.text).toBe(code);
    expect(isJUnit(xml.text)).toBe(true);
    const sarif = (await call('--format', 'sarif')).text;
    expect(againstSchema(sarif)).toEqual([]);
    const { runs } = JSON.parse(sarif);
    expect(runs[0].results.filter(({ level }: { level: string }) => level === 'error').length > 0).toBe(
      code !== 0,
    );
    if (rule) expect(runs[0].tool.driver.rules).toContainEqual({ id: rule });
  });

  test('steps of apply are cases: what failed, what was skipped, and nodes that were not reached', () => {
    const step = { kind: 'step-finished', step: 'n1/glance/file/a', node: 'n1', seconds: 2 } as const;
    const results = [
      {
        ...step,
        result: 'failed',
        reason: 'access denied',
        remedy: 'Look.',
        time: '2026-01-02T03:04:05.000Z',
      } as const,
      { ...step, result: 'changed', action: 'created', reason: 'missing' } as const,
      { ...step, result: 'skipped', reason: 'waits' } as const,
      { kind: 'node-failed', node: 'n2', message: 'away' } as const,
      { kind: 'note', level: 'info', message: 'x' } as const,
    ].flatMap((fact) => stepResult(fact) ?? []);
    expect(results).toMatchObject([
      { check: 'glance/file/a', verdict: 'fail', remedy: 'Look.', started: '2026-01-02T03:04:03.000Z' },
      { verdict: 'pass', evidence: { result: 'created' } },
      { verdict: 'skip', message: 'waits' },
      { node: 'n2', check: 'session', verdict: 'fail' },
    ]);
  });

  test('apply ends with them', async () => {
    const folder = workspace(root);
    await oriel('msi', 'build', join(folder, 'product.yaml'), '--out', join(folder, 'x.msi'));
    const said = await oriel('apply', join(folder, 'site.yaml'), '--yes', '--format', 'junit');
    // Without a package there is nothing to report on.
    expect(said).toMatchObject({ code: 1, text: expect.stringContaining('is not built') });
  });
});
