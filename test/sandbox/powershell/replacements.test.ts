import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { replacedParts, withReplacements } from '../../../src/sandbox/powershell/replacements.ts';
import { replacedCmdlets } from '../../../src/sandbox/replaced/index.ts';
import { agentLaunch } from '../../../src/session/agent-link/launch.ts';

const folder = 'src/sandbox/powershell/replacements';
const text = (name: string): string => readFileSync(`${folder}/${name}.ps1`, 'utf8');
const functionsOf = (source: string): readonly string[] =>
  [...source.matchAll(/^function ([\w-]+)/gm)].map(([, name = '']) => name);
const parts = readdirSync('agent/parts', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ps1'))
  .map((name) => basename(name, '.ps1'));

describe('the replacements for what Wine lacks', () => {
  it('are at most twelve, each of a part of the agent', () => {
    expect(replacedParts().length).toBeLessThanOrEqual(12);
    expect(parts).toEqual(expect.arrayContaining([...replacedParts()]));
  });

  it.each(replacedParts())(
    '%s is in ASCII, defines the part and no other, and has its reason on the page',
    (name) => {
      expect(text(name)).toMatch(/^[\n\x20-\x7e]*$/);
      const defined = functionsOf(text(name));
      expect(defined).toContain(name);
      expect(defined.filter((each) => parts.includes(each))).toEqual([name]);
      expect(readFileSync('docs/reference/nodes/sandbox.md', 'utf8')).toContain(`| \`${name}\` |`);
    },
  );

  it('ask what the model answers, and all of that', () => {
    const asked = replacedParts().flatMap((name) =>
      [...text(name).matchAll(/Invoke-SandboxModel '([\w-]+)'/g)].map(([, question]) => question),
    );
    const known = [...Object.keys(replacedCmdlets), 'Restart-Computer'].sort();
    expect([...new Set(asked)].sort()).toEqual(known);
  });
});

describe('the source line of a node', () => {
  const { sourceLine } = agentLaunch();
  const unpacked = (line: string): string => gunzipSync(Buffer.from(line, 'base64')).toString('utf8');

  it.each(['', '\n', '\r\n'])('ends with the replacements, and keeps its end %j', (end) => {
    const line = withReplacements(`${sourceLine.trimEnd()}${end}`);
    expect(line).toMatch(/^[A-Za-z0-9+/]+=*(\r?\n)?$/);
    expect(line.slice(line.trimEnd().length)).toBe(end);
    const source = unpacked(line);
    expect(source.startsWith(unpacked(sourceLine))).toBe(true);
    for (const name of replacedParts())
      expect(source.endsWith(text(name)) || source.includes(`${text(name)}\n`)).toBe(true);
  });

  it.each(['', 'hello', 'aGVsbG8=\n', `${sourceLine.slice(0, 400)}\n`])(
    'stays as it is where it is none: %j',
    (line) => {
      expect(withReplacements(line)).toBe(line);
    },
  );
});
