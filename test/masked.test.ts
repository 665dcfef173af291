import { describe, expect, it } from 'vitest';
import { InputError, SessionError } from '../src/errors.ts';
import type { Fact } from '../src/events/events.ts';
import { maskedFact } from '../src/events/masked.ts';
import { makePlan } from '../src/plan/observe/make-plan.ts';
import { describeError } from '../src/report/error.ts';
import type { Declaration, Resource } from '../src/resources/model/resource.ts';
import { knownSecret, masked, maskedData, maskedStart } from '../src/secret.ts';
import { answerProblem, helloProblem } from '../src/session/agent-link/answers.ts';
import { callError } from '../src/session/agent-link/call-error.ts';
import { wordsOf } from '../src/session/agent-link/words.ts';
import { shortened } from '../src/session/foreign-text.ts';
import type { Session } from '../src/session/session.ts';
import { resolveSecrets } from '../src/site/secrets/secrets.ts';

const value = 'Tr0ub$dor&"3"/\u00fc';
const shown = '[secret:db]';
knownSecret('db', value);

describe('a secret that is known', () => {
  it.each([
    ['as it is', value],
    ['in a URL', encodeURIComponent(value)],
    ['in JSON', JSON.stringify({ password: value })],
    ['in a configuration file of OpenStack', value.replace('$', '$$$$')],
  ])('is taken out of what others say, %s', (_, spelled) => {
    const text = masked(`cannot write <${spelled}>, really <${spelled}>`);
    expect(text).not.toContain('dor');
    expect(text.split(shown)).toHaveLength(3);
  });

  it('is so as a key, printed line by line', () => {
    const line = 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQ';
    knownSecret('key', `-----BEGIN PRIVATE KEY-----\n${line}\n-----END PRIVATE KEY-----\n`);
    expect(masked(`read ${line}`)).toBe('read [secret:key]');
    expect(masked('-----BEGIN PRIVATE KEY-----')).toBe('-----BEGIN PRIVATE KEY-----');
  });

  it('is found where another one is the beginning of it', () => {
    knownSecret('short', 'hunter2');
    knownSecret('long', 'hunter2-and-more');
    expect(masked('hunter2-and-more, hunter2')).toBe('[secret:long], [secret:short]');
  });

  it('of less than four characters stays in words', () => {
    knownSecret('tiny', 'abc');
    expect(masked('abcdef')).toBe('abcdef');
  });

  it('is not cut in two where a text is cut', () => {
    for (let length = 0; length < 60; length += 1) {
      const text = maskedStart(`0123456789${value}0123456789${value}`, length);
      expect(text.replaceAll(shown, '')).toMatch(/^\d*$/);
    }
    expect(shortened(`0123456789${value}`, 15)).toMatch(/^0123456789 \.\.\. /);
  });

  it('is so in data of any depth, and nothing else changes', () => {
    expect(maskedData({ a: [1, null, { b: `<${value}>` }], c: true })).toEqual({
      a: [1, null, { b: `<${shown}>` }],
      c: true,
    });
  });

  it('is one that a source of the site gave', async () => {
    const source = async () => ({ value: 'correct horse battery' });
    await resolveSecrets({ password: { secret: 'staple' } }, [source]);
    expect(masked('no correct horse battery')).toBe('no [secret:staple]');
  });
});

describe('what a node says has no secret', () => {
  it.each([
    ['an error', callError('n', 'Set-File', { kind: value, message: value, category: value, at: value })],
    ['an answer', answerProblem('Get-FileState', { kind: value })],
    ['its hello', helloProblem({ hello: 1, agent: value })],
  ])('in %s', (_, said) => {
    const text = said instanceof Error ? JSON.stringify([said.message, said]) : said;
    expect(text).toContain(shown);
    expect(text).not.toContain('dor&');
  });

  it('in what it prints', () => {
    const told: string[] = [];
    const words = wordsOf((line) => told.push(line));
    words.take(`password ${value}`);
    expect([...told, ...words.recent()]).toEqual(Array(2).fill(`password ${shown}`));
  });
});

describe('what is shown and kept has no secret', () => {
  const base = { step: 'n/glance/file/x', node: 'n' } as const;

  const facts: readonly Fact[] = [
    { kind: 'note', level: 'info', message: value },
    { kind: 'node-failed', node: 'n', message: value, remedy: value },
    { kind: 'step-log', ...base, line: value },
    { kind: 'step-progress', ...base, message: value },
    { kind: 'step-finished', ...base, result: 'failed', seconds: 1, reason: value, remedy: value },
    {
      kind: 'step-started',
      ...base,
      action: 'update',
      changes: [{ property: 'account', from: [value], to: 'x' }],
    },
    {
      ...{ kind: 'check-finished', check: 'glance/x', node: 'n', verdict: 'fail', seconds: 1 },
      ...{ message: value, evidence: { body: value } },
    },
  ];

  it.each(facts)('in %j', (fact) => {
    const text = JSON.stringify(maskedFact(fact));
    expect(text).not.toContain(JSON.stringify(value).slice(1, -1));
    expect(text).toContain(shown);
  });

  it('in errors, whatever they are about', () => {
    for (const error of [new SessionError('n', 'lost', value), new InputError([{ message: value }]), value])
      expect(describeError(error, { debug: true })).toContain(shown);
  });

  it('in a plan: what was seen, what differs, why something could not be looked at', async () => {
    const resource: Partial<Resource<object>> = {
      ...{ kind: 'registry-value', desired: () => ({ value: 'x' }), observe: () => [{ call: 'Get-Facts' }] },
      read: () => ({ value }),
    };
    const session = {
      ...{ kind: 'node', node: 'n', hello: { platform: 'windows' } },
      call: async () => null,
    } as unknown as Session;
    const declaration = (node: string, name: string, read = resource.read) =>
      ({
        ...{ node, name, component: 'glance', spec: {}, needs: [] },
        resource: { ...resource, read },
      }) as unknown as Declaration;
    const unreadable = () => ({ unreadable: `no: ${value}`, remedy: value });
    const plan = await makePlan(
      { name: 'x', release: '2024.2' },
      [declaration('n', 'a'), declaration('n', 'b', unreadable)],
      new Map<string, Session | Error>([
        ['n', session],
        ['m', new SessionError('m', 'lost', value)],
      ]),
    );
    expect(plan.nodes[1]?.error).toBe(shown);
    expect(plan.steps).toMatchObject([
      { observed: { value: shown }, changes: [{ from: shown, to: 'x' }] },
      { error: { message: `no: ${shown}`, remedy: shown } },
    ]);
    expect(plan.steps[0]?.reason).toContain(shown);
    expect(JSON.stringify(plan)).not.toContain('dor&');
  });
});
