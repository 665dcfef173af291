import { beforeAll, describe, expect, test } from 'vitest';
import { powershellParser } from '../../scripts/check/powershell/parse.ts';
import type { Script } from '../../scripts/check/powershell/rule.ts';
import { syntax } from '../../scripts/check/powershell/syntax.ts';
import type { Plan, Step } from '../../src/plan/model/plan.ts';
import { callsOf } from '../../src/plan/observe/calls.ts';
import { makePlan } from '../../src/plan/observe/make-plan.ts';
import { planPs1 } from '../../src/report/plan-ps1.ts';
import { literal, quoted, remark } from '../../src/report/powershell-text.ts';
import { declare } from '../../src/resources/model/resource.ts';
import { Secret } from '../../src/secret.ts';
import { aDeployment } from '../fixtures/deployment.ts';
import { applyAll, aWorld, password } from '../fixtures/glance-on-fakes.ts';

let parse: (text: string) => Script;
beforeAll(async () => {
  parse = await powershellParser();
});

const deployment = aDeployment().withNode('glance-1').withNode('glance-2').build();
const quotes = ["'", '\u2018', '\u2019', '\u201a', '\u201b'];
/** What would end a string, a comment or a line, or stand for something inside one. */
const nasty = [
  ...quotes,
  '"',
  '\u201c',
  '#>',
  '`',
  '$(evil)',
  '\n',
  '\r',
  '\u0000',
  '\u2028',
  '\u{1f600}',
  ';',
].join('x');

const isAscii = (text: string): boolean => /^[\n\x20-\x7e]*$/.test(text);

describe('a string in PowerShell', () => {
  test.each([
    ['', "''"],
    ['plain', "'plain'"],
    ["it's", "'it''s'"],
    ['\u2019', "('' + [char]0x2019)"],
    ['C:\\a\u2018b', "('' + 'C:\\a' + [char]0x2018 + 'b')"],
    ['$a`n', "'$a`n'"],
    ['\u{1f600}', "('' + [char]0xd83d + [char]0xde00)"],
  ])('%j is %s', (text, expected) => {
    expect(quoted(text)).toBe(expected);
  });

  test('is one expression whatever is in it', () => {
    const script = parse(
      `$a = ${quoted(nasty)}\n$b = ${literal({ [nasty]: [nasty, 1, true, null] })}\n# ${remark(nasty)}\n`,
    );
    expect(syntax(script)).toEqual([]);
    expect(script.root.descendantsOfType('assignment_expression')).toHaveLength(2);
    expect(script.root.descendantsOfType('command')).toHaveLength(0);
    expect(isAscii(script.text)).toBe(true);
  });
});

async function scriptOf(setting?: string): Promise<{ text: string; plan: Plan }> {
  const world = await aWorld(deployment);
  if (setting) await applyAll(world);
  const declared = world.declared(setting);
  const plan = await makePlan(deployment, declared, world.reach());
  return { text: planPs1(plan, callsOf(declared, plan)), plan };
}

describe('a plan as a script', () => {
  test('of a first installation parses, has every step, and neither secrets nor keys', async () => {
    const { text, plan } = await scriptOf();
    expect(syntax(parse(text))).toEqual([]);
    expect(isAscii(text)).toBe(true);
    for (const { id } of plan.steps) expect(text).toContain(` ${id}: `);
    expect(text).toContain("Start-DetachedProcess -name 'oriel-glance-29.2.1-");
    expect(text).toContain("-arguments @('/i', 'C:\\ProgramData\\oriel\\packages\\oriel-glance-29.2.1-");
    expect(text).toContain('Wait-DetachedProcess');
    expect(text).toContain('#   secrets    glance-api.conf\n');
    expect(text).toContain('# waits up to 180 s for the result');
    for (const secret of [password, 'a salt', Buffer.from('a salt').toString('hex')])
      expect(text).not.toContain(secret);
    expect(text).not.toContain(Buffer.from(password).toString('base64').slice(0, 12));
  });

  test('of a change has the condition and the work of the changed steps alone', async () => {
    const { text } = await scriptOf('8');
    expect(syntax(parse(text))).toEqual([]);
    expect(text).toMatch(
      /glance\/file\/glance-api\.conf: update\n# {3}because {4}content differs\n# {3}condition {2}content is /,
    );
    expect(text).toMatch(/# \d+\/\d+ glance-1\/glance\/package\/oriel-glance: in sync\n/);
    expect(text.match(/Set-ServiceState -name 'oriel-glance-api' -status 'Stopped'/g)).toHaveLength(2);
    expect(text).not.toContain('msiexec');
  });

  test('ends before its first step when somebody runs it', async () => {
    const { text } = await scriptOf();
    const code = text.split('\n').filter((line) => line && !line.startsWith('#'));
    expect(code[0]).toMatch(/^param\(/);
    expect(code[1]).toMatch(/^throw '/);
  });

  test('holds nothing but what is ours, whatever a node or a site says', () => {
    const resource = {
      kind: 'thing',
      desired: () => ({ value: nasty }),
      observe: () => [{ call: 'Get-Thing', path: nasty, salt: 'the key' }],
      read: () => ({}),
      change: (spec: { password: string }) => [
        {
          do: 'call' as const,
          description: nasty,
          call: { call: 'Set-Thing', path: nasty, password: spec.password },
        },
      ],
    };
    const spec = { password: new Secret("pass'word", 'hunter2') };
    const declared = declare({
      resource: resource as never,
      node: nasty,
      component: nasty,
      name: nasty,
      needs: [],
      spec,
    });
    const id = `${nasty}/${nasty}/thing/${nasty}`;
    const base = {
      id,
      node: nasty,
      component: nasty,
      kind: 'thing',
      name: nasty,
      needs: [nasty],
      reason: nasty,
    };
    const changes = [{ property: nasty, from: nasty, to: nasty }];
    const step: Step = {
      ...base,
      desired: { value: nasty },
      observed: { x: nasty },
      action: 'update',
      changes,
    };
    const broken: Step = {
      ...base,
      id: 'other',
      desired: {},
      observed: null,
      action: 'unknown',
      changes: [],
      error: { message: nasty },
    };
    const plan: Plan = {
      version: 2,
      deployment: nasty,
      release: nasty,
      created: nasty,
      nodes: [
        { name: nasty, platform: nasty },
        { name: 'away', platform: 'unreachable', error: nasty },
      ],
      steps: [step, broken],
    };
    const script = parse(planPs1(plan, callsOf([declared], plan)));
    expect(syntax(script)).toEqual([]);
    expect(isAscii(script.text)).toBe(true);
    const commands = script.root.descendantsOfType('command_name').map((node) => node?.text);
    expect(new Set(commands)).toEqual(new Set(['Get-Thing', 'Set-Thing', 'Test-Difference']));
    expect(script.text).toContain("-password '[secret:pass''word]'");
    expect(script.text).not.toContain('hunter2');
  });
});
