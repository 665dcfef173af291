import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { junit } from '../../src/report/checks/junit.ts';
import { latencyIn, latencySvg } from '../../src/report/checks/latency.ts';
import { checkReports } from '../../src/report/checks/reports.ts';
import { bigReport } from '../browser/samples.ts';
import { type Check, check } from './a-check.ts';

describe('junit', () => {
  const nasty = 'a <b> & "c" \u0000\u001b[31m \ud800 ]]> \t\n\ufffe end';

  test('says counts, times and failures', () => {
    const xml = junit('verify images', [
      check('a', 'upload', 'pass', 'fine'),
      check('b', 'read/a', 'fail', 'differs'),
    ]);
    expect(xml).toContain('<testsuites name="verify images" tests="2" failures="1" errors="0" time="0.500">');
    expect(xml).toContain('<testsuite name="b" tests="1" failures="1" errors="0" skipped="0" time="0.250">');
    expect(xml).toContain('<testcase classname="a" name="upload" time="0.250">');
    expect(xml).toContain('<failure message="differs"/>');
  });

  test('has a skipped case for a skip, output for a warning, and the remedy in a failure', () => {
    const xml = junit('verify images', [
      check('a', 'read', 'skip', 'needs a/glance/upload, which failed'),
      check('a', 'free', 'warn', '<20 %'),
      { ...check('a', 'upload', 'fail', 'refused'), remedy: 'mend & retry' },
    ]);
    expect(xml).toContain('<testsuite name="a" tests="3" failures="1" errors="0" skipped="1" time="0.750">');
    expect(xml).toContain('<skipped message="needs a/glance/upload, which failed"/>');
    expect(xml).toContain('<system-out>warn: &lt;20 %&#10;bytes: 7&#10;md5: abc&#10;');
    expect(xml).toContain('<failure message="refused">mend &amp; retry</failure>');
  });

  test('says when the first check of a node began, in UTC', () => {
    const at = (started: string): Check => ({ ...check('a', 'x', 'pass', 'fine'), started });
    const xml = junit('x', [at('2026-01-02T03:04:06.000Z'), at('2026-01-02T03:04:05.678Z')]);
    expect(xml).toContain(' time="0.500" timestamp="2026-01-02T03:04:05">');
  });

  test('is XML whatever a node says (read by a parser that is not ours)', () => {
    const xml = junit(nasty, [check(nasty, nasty, 'fail', nasty)]);
    const read = 'import sys, json, xml.etree.ElementTree as e; t = e.fromstring(sys.stdin.buffer.read()); ';
    const print = 'print(json.dumps(t.find(".//failure").get("message")))';
    const message = JSON.parse(
      execFileSync('python3', ['-c', read + print], { input: xml, encoding: 'utf8' }),
    );
    expect(message).toBe('a <b> & "c" \ufffd\ufffd[31m \ufffd ]]> \t\n\ufffd end');
  });

  test('does nothing to a terminal', () => {
    const xml = junit('x', [check('a', 'read', 'fail', '\u009b2J\u202e\u2066 b\u2028\u200f')]);
    expect(xml).toContain('<failure message="\ufffd2J\ufffd\ufffd b\ufffd\ufffd"/>');
  });

  test('of no checks is empty', () => {
    expect(junit('x', [])).toContain(
      '<testsuites name="x" tests="0" failures="0" errors="0" time="0.000">\n</testsuites>',
    );
  });
});

describe('a report for a ticket', () => {
  test('has what did not pass, the worst first, as Markdown', () => {
    const started = '2026-01-02T03:04:05.000Z';
    const text = checkReports.markdown({
      ...{ verb: 'verify', deployment: 'images', release: '2024.2' },
      results: [
        { ...check('a', 'glance/free', 'warn', '15 % free'), remedy: 'make room', started },
        check('a', 'glance/upload', 'pass', 'fine'),
        { ...check('b', 'glance/read/a', 'fail', '*x* <b> @all #1'), cause: 'cut off' },
      ],
    });
    expect(text.split('\n')).toEqual([
      '## verify images: 1 fail, 1 warn, 1 pass',
      '',
      'OpenStack 2024.2, begun 2026-01-02T03:04:05.000Z',
      '',
      '### fail',
      '',
      '- **b** glance/read/a: \\*x\\* &lt;b\\> &#64;all &#35;1',
      '  - cause: cut off',
      '',
      '### warn',
      '',
      '- **a** glance/free: 15 % free',
      '  - remedy: make room',
      '',
    ]);
  });
});

describe('a report for a browser', () => {
  test('of 20 nodes with all checks has less than 400 kB', () => {
    const html = checkReports.html(bigReport(20));
    expect(Buffer.byteLength(html)).toBeLessThan(400_000);
    expect(html.match(/class="row pass"/g)).toHaveLength(20 * 65);
  });

  test('draws a latency with the highest point of each slice, and nothing of numbers that are none', () => {
    const points = Array.from({ length: 5000 }, (_, index): [number, number] => [
      index,
      index === 2501 ? 900 : 3,
    ]);
    const latency = latencyIn({ latency: { points, marks: [[2500, 'moved']] } });
    const svg = latency ? latencySvg(latency) : '';
    expect(svg).toContain('aria-label="latency over 4999 s, at most 900 ms"');
    expect((/points="([^"]*)"/.exec(svg)?.[1] ?? '').split(' ')).toHaveLength(300);
    expect(svg.match(/,12\.0/g)).toHaveLength(1);
    for (const nothing of [
      {},
      { latency: 'x' },
      { latency: { points: [[0, 1]] } },
      {
        latency: {
          points: [
            ['0', 1],
            [1, Number.NaN],
            [2, -1],
          ],
        },
      },
    ])
      expect(latencyIn(nothing as never)).toBeUndefined();
  });
});
