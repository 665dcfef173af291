import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { powershellParser } from '../../scripts/check/powershell/parse.ts';
import { readNumberedLine } from '../../src/session/agent-link/numbered-line.ts';
import { contractCases, fillIn } from './cases.ts';
import { converse } from './conversation.ts';
import { differences } from './matcher.ts';
import { callNames, messageProblems, requestProblems } from './protocol-schema.ts';

const root = join(import.meta.dirname, '..', '..');
const page = readFileSync(join(root, 'docs/reference/nodes/agent-protocol.md'), 'utf8');
const variables = {
  root: 'C:\\case',
  rootName: 'case',
  unique: 'case',
  platform: 'windows',
  http: 'http://127.0.0.1:1',
  httpPort: 1,
  closedPort: 2,
  separator: '\\',
};

describe('a conversation with an agent', () => {
  it('is over behind a line that is not answered, with that line as the reason', async () => {
    const said = [
      '{"event":"started"}',
      '{"hello":1,"agent":"1","powershell":"7.6","pid":1,"platform":"wine"}',
    ];
    const lines = (async function* () {
      yield* said;
      await new Promise(() => {});
    })();
    const agent = await converse({ send: () => {}, lines, close: async () => {} });
    expect(agent.gone()).toBeUndefined();
    void agent.ask('the first');
    await expect(agent.ask('the second')).rejects.toThrow('the session is gone: the first was not answered');
  });
});

describe('the agent protocol', () => {
  it('has the same calls on its page, in its schema and in agent/', () => {
    const calls = page.slice(page.indexOf('<!-- calls -->'), page.indexOf('<!-- /calls -->'));
    const table = [...calls.matchAll(/^\| `([A-Z]\w+-\w+)` \|/gm)].map((match) => match[1]);
    const files = readdirSync(join(root, 'agent', 'calls'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ps1'))
      .map((name) => basename(name, '.ps1'));
    expect([...table].sort()).toEqual([...callNames].sort());
    expect(files.sort()).toEqual([...callNames].sort());
  });

  it('gives no call the name of a command of Windows that the agent runs or lets others run', async () => {
    const parse = await powershellParser();
    const scripts = readdirSync(join(root, 'agent'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ps1'))
      .map((name) => parse(readFileSync(join(root, 'agent', name), 'utf8')));
    const run = scripts.flatMap((script) =>
      script.root.descendantsOfType('command_name').map((node) => node?.text),
    );
    const allowed = JSON.parse(readFileSync(join(root, 'agent', 'allowed-cmdlets.json'), 'utf8')) as string[];
    const taken = [...run, ...allowed];
    expect(taken).toContain('Set-SmbShare');
    expect(callNames.filter((name) => taken.includes(name))).toEqual([]);
  });

  it('shows lines that fit its schema', () => {
    const lines = [...page.matchAll(/^ {4}(<-|->) (\{.*?\}) *(\(.*)?$/gm)];
    expect(lines.length).toBeGreaterThanOrEqual(5);
    for (const [, direction, line] of lines) {
      const message = JSON.parse(line ?? '');
      const found = direction === '->' ? requestProblems(message) : messageProblems(message);
      expect(found, line).toEqual([]);
    }
  });

  it('shows numbered lines that are whole', () => {
    const lines = [...page.matchAll(/^ {4}(?:<-|->) <1E>(\d+ \d+ \{.*\})$/gm)].map((match) => match[1]);
    expect(lines).toHaveLength(2);
    for (const line of lines) expect(readNumberedLine(`\u001e${line}`)?.said).toMatchObject({ number: 1 });
  });

  it('refuses a message that is none', () => {
    expect(messageProblems({ id: 1 })).not.toEqual([]);
    expect(messageProblems({ id: 1, error: { kind: 'A,B', message: 'x' } })).not.toEqual([]);
    expect(requestProblems({ call: 'Get-FileState' })).not.toEqual([]);
  });
});

describe('the cases of the agent', () => {
  it.each(contractCases().map((one) => [`${one.file}: ${one.name}`, one] as const))('%s', (_, one) => {
    for (const call of one.calls) {
      expect([call.send, call.raw].filter((each) => each !== undefined)).toHaveLength(1);
      const refused = ['BadParameter', 'UnknownCall'].some((kind) =>
        JSON.stringify(call.expect).includes(kind),
      );
      if (!call.send || refused || one.platform.join() === 'linux') continue;
      const request = fillIn({ id: 1, ...call.send }, variables) as { call: string };
      expect(requestProblems(request)).toEqual([]);
    }
  });

  it('are left out in Wine six times at most, each with its reason', () => {
    const marked = contractCases().filter(({ notInWine }) => notInWine !== undefined);
    expect(marked.length).toBeLessThanOrEqual(6);
    for (const { notInWine } of marked) expect(notInWine).toMatch(/\w+ \w+/);
  });

  it('cover every call', () => {
    const sent = contractCases().flatMap((one) => one.calls.map((call) => call.send?.call));
    expect(callNames.filter((name) => !sent.includes(name))).toEqual([]);
  });
});

describe('a matcher', () => {
  it.each([
    ['equal', { a: [1, null, 'x'] }, { a: [1, null, 'x'], b: 2 }, true],
    ['another value', { a: 1 }, { a: '1' }, false],
    ['a longer list', [1], [1, 2], false],
    ['a missing key', { a: 1 }, {}, false],
    ['an expected null that is missing', { a: null }, {}, false],
    ['text that matches', { $match: '^a.$' }, 'ab', true],
    ['text that does not', { $match: '^a.$' }, 'b', false],
    ['a number where text should match', { $match: '1' }, 1, false],
    ['the right type', { $type: 'array' }, [], true],
    ['the wrong type', { $type: 'object' }, [], false],
    ['a key that is absent', { a: { $absent: true } }, {}, true],
    ['a key that should be absent', { a: { $absent: true } }, { a: null }, false],
  ] as const)('%s', (_, expected, actual, fits) => {
    expect(differences(expected, actual).length === 0).toBe(fits);
  });
});
