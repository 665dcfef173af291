import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import type { Event } from '../../src/events/events.ts';
import { runHtml } from '../../src/report/pages/run-html.ts';

const base = { time: '2026-01-02T03:04:05.678Z', run: 'r-1' };
const nasty = `</table><script>alert('x')</script> \u001b[31m \u202e`;

function step(node: string, result: 'changed' | 'unchanged' | 'failed' | 'skipped', reason = 'why'): Event {
  return {
    ...base,
    kind: 'step-finished',
    step: `${node}/glance/file/a.conf`,
    node,
    result,
    seconds: 1,
    reason,
  };
}

const started: Event = {
  ...base,
  kind: 'run-started',
  verb: 'apply',
  deployment: 'images',
  release: '2024.2',
  who: 'alice@desk',
};
const finished: Event = {
  ...{ ...base, kind: 'run-finished', verb: 'apply', ok: false, seconds: 61 },
  ...{ changed: 1, unchanged: 1, failed: 1, skipped: 1 },
};

/** Text and tags as a parser that is not ours reads them. */
function read(html: string): { tags: readonly string[]; text: string } {
  const program = `
import sys, json, html.parser
class P(html.parser.HTMLParser):
    tags = set(); text = ''
    script = False
    def handle_starttag(self, tag, attributes): self.tags.add(tag); self.script = tag in ('script', 'style')
    def handle_data(self, data): self.text += '' if self.script else data
    def handle_endtag(self, tag): self.script = False
p = P(); p.feed(sys.stdin.buffer.read().decode('utf-8')); print(json.dumps({'tags': sorted(p.tags), 'text': p.text}))`;
  return JSON.parse(execFileSync('python3', ['-c', program], { input: html, encoding: 'utf8' }));
}

test('a run as a page says who, what came of it, and what failed on which node and why', () => {
  const { text } = read(
    runHtml([
      started,
      { ...base, kind: 'consent', question: 'Apply this to a?', consent: 'yes' },
      {
        ...{ ...base, kind: 'note', level: 'warning', message: 'rollout stopped after batch 1 of 2' },
        untouched: ['e'],
      },
      step('a', 'unchanged'),
      step('b', 'changed'),
      { ...step('b', 'failed', 'it broke'), remedy: 'mend it' } as Event,
      step('b', 'skipped'),
      { ...base, kind: 'node-failed', node: 'c', message: 'no route to host' },
      {
        ...base,
        kind: 'check-finished',
        check: 'rollout/settle',
        node: 'd',
        verdict: 'fail',
        seconds: 2,
        message: 'sick',
        evidence: {},
        remedy: 'nurse it',
      },
      finished,
    ]),
  );
  expect(text).toContain('Run r-1, begun 2026-01-02 03:04:05 UTC by alice@desk.');
  expect(text).toContain('Failed in 1 min 1 s: 1 changed, 1 in sync, 1 failed, 1 skipped.');
  expect(text).toContain('Apply this to a? yes, by --yes');
  expect(text).toContain('rollout stopped after batch 1 of 2');
  expect(text).toContain('enot touched');
  expect(text).toContain('nodes without changes 1');
  expect(text).toContain('b1 changed1 failed1 skippedglance/file/a.conf: it broke');
  expect(text).toContain('it broke (1.0 s)mend it');
  expect(text).toContain('not reached: no route to host');
  expect(text).toContain('rollout/settle: sick');
  expect(text).toContain('nurse it');
});

test('a run that was cut off says so, and nothing that a node says becomes a tag', () => {
  const html = runHtml([
    started,
    step(nasty, 'failed', nasty),
    { ...base, kind: 'note', level: 'info', message: nasty },
  ]);
  const { text } = read(html);
  expect(text).toContain('It has no end');
  expect(html.match(/<script/g)).toHaveLength(1);
  for (const acting of ['\u001b', '\u202e']) expect(text).not.toContain(acting);
});

test.each([
  ['interrupted', 'Interrupted in 1 min 1 s: 1 changed'],
  ['declined', 'Declined in 1 min 1 s'],
] as const)('a run that was %s says so', (result, words) => {
  expect(read(runHtml([started, { ...finished, result }])).text).toContain(words);
});
