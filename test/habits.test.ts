import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadVerbs } from '../src/commands/index.ts';
import { dataFile } from '../src/data-files.ts';
import { outlineOf } from '../src/manual/outline.ts';
import { runProgram } from '../src/program.ts';
import { describeFact } from '../src/report/words.ts';
import cases from './cases/habits.json' with { type: 'json' };

/** What somebody types who does not know better, and what comes of it. */
interface Habit {
  /** Empty of the program itself. */
  readonly verb: string;
  readonly kind: string;
  /** Whether somebody sits there, and answers no. */
  readonly terminal: boolean;
  readonly argv: readonly string[];
  /** Where it is typed; default: a folder with a site file and other files. */
  readonly folder?: string;
  readonly code: number;
  /** The first line of all that is said. */
  readonly first: string;
}

const habits: readonly Habit[] = cases;

const folder = mkdtempSync(join(tmpdir(), 'oriel-habits-'));
const before = process.cwd();

beforeAll(() => {
  process.env.HABITS_KEYSTONE = 'a secret of the habits';
  const site = `name: images
release: "2024.2"
storage: { shares: { images: { kind: smb, path: '\\\\files.example.org\\images' } } }
secrets: [{ env: HABITS_ }]
components:
  glance:
    keystone: { auth_url: https://keystone.example.org/v3, username: glance, password: { secret: keystone } }
    database: { connection: "mysql+pymysql://glance@db.example.org/glance" }
    stores: { images: { share: images, default: true } }
nodes:
  glance-1: { address: 127.0.0.9, via: ssh, user: oriel }
`;
  mkdirSync(join(folder, 'there', 'folder'), { recursive: true });
  mkdirSync(join(folder, 'empty'));
  const files = {
    'site.yaml': site,
    'broken.yaml': site.replace('release:', 'relase:'),
    'plain.txt': 'text\n',
    'change.json': '{ "saved": {}, "steps": [] ',
    'product.yaml': 'name: [\n',
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, 'there', name), text);
});
afterAll(() => {
  process.chdir(before);
  delete process.env.HABITS_KEYSTONE;
  rmSync(folder, { recursive: true });
});

/** Runs the program in a folder as cli.ts does; at a terminal somebody answers no. */
async function call({ argv, terminal, folder: place }: Habit) {
  process.chdir(join(folder, place ?? 'there'));
  const said: string[] = [];
  const say = (text: string): void => void said.push(text);
  const code = await runProgram(argv, {
    writeOut: say,
    writeErr: say,
    within: (_, action) =>
      action({
        print: say,
        emit: (fact) => say(describeFact(fact).text),
        interactive: terminal,
        ...(terminal && { ask: async () => false }),
      }),
  });
  const [first = ''] = said.join('\n').trimStart().split('\n');
  return { code, first: first.replaceAll(folder, '').trimEnd() };
}

describe('habits', () => {
  test.each(habits)('$argv, terminal: $terminal', async (habit) => {
    const { code, first } = habit;
    expect(await call(habit)).toEqual({ code, first });
  });

  test('are as many as asked for, and no two are one', () => {
    expect(habits.length).toBeGreaterThanOrEqual(60);
    const kinds = habits.map(({ verb, kind, terminal }) => `${verb}: ${kind}, ${terminal}`);
    expect(kinds.filter((kind, index) => kinds.indexOf(kind) !== index)).toEqual([]);
  });

  test('have every verb', async () => {
    const program = new Command('oriel');
    for (const verb of await loadVerbs()) verb(program, async () => {});
    const all = outlineOf(program).filter(({ path, commands }) => path !== '' && commands.length === 0);
    const met = new Set(habits.map(({ verb }) => verb));
    expect(all.map(({ path }) => path).filter((path) => !met.has(path))).toEqual([]);
    expect(dataFile()).toBe(before);
    // One spelling of what all of them share.
    const long = (flag: string) =>
      all.flatMap(({ path, options }) =>
        options.filter(({ flags }) => flags.includes(flag)).map(({ flags }) => `${path} ${flags[0]}`),
      );
    for (const [flag, short] of [
      ['--format', '-o'],
      ['--yes', '-y'],
      ['--node', '-n'],
    ] as const)
      expect(long(flag).filter((text) => !text.endsWith(` ${short}`))).toEqual([]);
    const formats = all.filter(({ options }) => options.some(({ flags }) => flags.includes('--format')));
    expect(formats.filter(({ options }) => !options.some(({ flags }) => flags.includes('--json')))).toEqual(
      [],
    );
  });
});
