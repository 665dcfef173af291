import { describe, expect, it } from 'vitest';
import { siteFile } from '../../src/site/grammar/site-file.ts';
import { find, merge, plain } from '../../src/site/yaml/located.ts';
import { parseYaml } from '../../src/site/yaml/yaml.ts';
import cases from '../cases/site/yaml.json' with { type: 'json' };

describe('parseYaml', () => {
  it.each(cases)('$name', ({ text, data, problems }) => {
    const { root, problems: found } = parseYaml({ file: 'site.yaml', text }, siteFile);
    expect(root ? plain(root) : null).toEqual(data);
    expect(found.map(({ position, message }) => `${position?.line}:${position?.column} ${message}`)).toEqual(
      problems,
    );
  });

  it('keeps the place of every key and every value', () => {
    const text = 'a: 1\nb:\n  - x\n  - c: "y"\n\'d\': { e: [f] }\ng:\n';
    const { root } = parseYaml({ file: 'site.yaml', text }, siteFile);
    const places = [['a'], ['b', 1], ['b', 1, 'c'], ['d'], ['d', 'e', 0], ['g']].map((path) => {
      const entry = root && find(root, path);
      return [
        path.join('.'),
        `${entry?.at.line}:${entry?.at.column}`,
        `${entry?.value.at.line}:${entry?.value.at.column}`,
      ];
    });
    expect(places).toEqual([
      ['a', '1:1', '1:4'],
      ['b.1', '4:5', '4:5'],
      ['b.1.c', '4:5', '4:8'],
      ['d', '5:1', '5:6'],
      ['d.e.0', '5:12', '5:12'],
      ['g', '6:1', '6:1'],
    ]);
  });

  it('opens no more of aliases of aliases than a file may have', () => {
    const lines = Array.from({ length: 60 }, (_, i) => `b${i + 1}: &b${i + 1} [*b${i}, *b${i}]`);
    const { root, problems } = parseYaml(
      { file: 'site.yaml', text: ['b0: &b0 [x, x]', ...lines, ''].join('\n') },
      siteFile,
    );
    expect(problems.length).toBe(61 + 120);
    expect(JSON.stringify(root && plain(root)).length).toBeLessThan(1_000_000);
  });

  it('merges maps by key, replaces lists, and keeps the place of what stays', () => {
    const read = (file: string, text: string) => {
      const { root } = parseYaml({ file, text }, siteFile);
      return root ?? expect.fail(`${file} is not YAML`);
    };
    const merged = merge(
      read('base', 'a: { x: 1, y: [1, 2] }\nb: 1\n'),
      read('site', 'a: { y: [3], z: 4 }\n'),
    );
    expect(plain(merged)).toEqual({ a: { x: 1, y: [3], z: 4 }, b: 1 });
    expect(['x', 'y', 'z'].map((key) => find(merged, ['a', key])?.at.file)).toEqual(['base', 'site', 'site']);
  });
});
