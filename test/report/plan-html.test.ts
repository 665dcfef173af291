import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import type { Plan, Step } from '../../src/plan/model/plan.ts';
import { planHtml } from '../../src/report/pages/plan-html.ts';

const nasty = `</table><script>alert('x')</script> " & \u001b[31m \u202e <img src=x onerror="1"> \u0000`;

function stepOf(node: string, more: Partial<Step> = {}): Step {
  return {
    id: `${node}/glance/file/a.conf`,
    node,
    component: 'glance',
    kind: 'file',
    name: 'a.conf',
    desired: { exists: true },
    observed: { exists: true },
    action: 'none',
    changes: [],
    reason: 'in sync',
    needs: [],
    ...more,
  };
}

function planOf(steps: readonly Step[], nodes: Plan['nodes']): Plan {
  return {
    version: 2,
    deployment: 'images',
    release: '2024.2',
    created: '2026-01-02T03:04:05.000Z',
    nodes,
    steps,
  };
}

/** Tags with their counts, attributes, and the text, as a parser that is not ours reads them. */
function read(html: string): { tags: Record<string, number>; attributes: string[]; text: string } {
  const program = `
import sys, json, collections, html.parser
class P(html.parser.HTMLParser):
    tags = collections.Counter(); attributes = set(); text = ''
    def handle_starttag(self, tag, attributes): self.tags[tag] += 1; self.quiet = tag in ('script', 'style'); self.attributes |= {name for name, _ in attributes}
    quiet = False
    def handle_endtag(self, tag): self.quiet = False
    def handle_data(self, data): self.text += '' if self.quiet else data
p = P(); p.feed(sys.stdin.buffer.read().decode('utf-8'))
print(json.dumps({'tags': p.tags, 'attributes': sorted(p.attributes), 'text': p.text}))`;
  return JSON.parse(
    execFileSync('python3', ['-c', program], { input: html, encoding: 'utf8', maxBuffer: 1e8 }),
  );
}

test('has a fold for each node, with counts, reasons and differences', () => {
  const changes = [{ property: 'status', from: 'Stopped', to: 'Running' }];
  const service = stepOf('b', { kind: 'service', name: 'api', action: 'update', changes, reason: 'stopped' });
  const later = stepOf('b', {
    kind: 'http-health',
    action: 'unknown',
    observed: null,
    reason: 'known after api',
    needs: ['b/glance/service/api'],
  });
  const nodes = [
    { name: 'a', platform: 'windows' },
    { name: 'b', platform: 'windows' },
    { name: 'c', platform: 'unreachable', error: 'no route to host' },
  ];
  const outage = { node: 'b', service: 'api', effect: 'restart', seconds: 12, runs: 3 } as const;
  const plan = { ...planOf([stepOf('a'), service, later], nodes), interruptions: [outage] };
  const { tags, text } = read(planHtml(plan));
  expect(tags).toMatchObject({ details: 3, summary: 3, tr: 5, thead: 2 });
  expect(text).toContain(
    '1 to change1 laterapi restarts, away for about 12 s (an estimate, from 3 earlier times)',
  );
  expect(text).toContain('status: Stopped → Running');
  expect(text).toContain('known after apiafter glance/service/api');
  expect(text).toContain('no route to host');
});

test('has one script, which is the same on every page, and nothing in it is a tag that is not ours', () => {
  const changes = [{ property: nasty, from: nasty, to: [nasty] }];
  const step = stepOf(nasty, { action: 'update', kind: nasty, name: nasty, reason: nasty, changes });
  const broken = stepOf(nasty, {
    action: 'unknown',
    observed: null,
    error: { message: nasty, remedy: nasty },
  });
  const plan = planOf(
    [step, broken],
    [
      { name: nasty, platform: nasty },
      { name: 'c', platform: 'unreachable', error: nasty },
    ],
  );
  const html = planHtml({ ...plan, deployment: nasty, release: nasty, created: nasty });
  const { tags, attributes } = read(html);
  expect(Object.keys(tags).sort()).toEqual([
    'a',
    'b',
    'body',
    'br',
    'button',
    'code',
    'details',
    'div',
    'h1',
    'h2',
    'head',
    'html',
    'input',
    'label',
    'main',
    'meta',
    'p',
    'script',
    'span',
    'style',
    'summary',
    'table',
    'tbody',
    'td',
    'th',
    'thead',
    'title',
    'tr',
  ]);
  expect(attributes).toEqual([
    ...[
      'aria-label',
      'charset',
      'class',
      'content',
      'hidden',
      'href',
      'http-equiv',
      'id',
      'lang',
      'name',
      'open',
    ],
    ...['placeholder', 'type'],
  ]);
  for (const acting of ['\u001b', '\u202e', '\u0000', 'http://', 'https://'])
    expect(html).not.toContain(acting);
});

test('of 500 nodes with 20 steps stays small, and folded', () => {
  const nodes = Array.from({ length: 500 }, (_, index) => ({ name: `node-${index}`, platform: 'windows' }));
  const steps = nodes.flatMap(({ name }) =>
    Array.from({ length: 20 }, () => stepOf(name, { action: 'create', reason: 'missing' })),
  );
  const html = planHtml(planOf(steps, nodes));
  expect(html.length).toBeLessThan(2_000_000);
  expect(read(html).tags).toMatchObject({ details: 500, tr: 10_500 });
  expect(html).not.toMatch(/<details[^>]* open/);
});
