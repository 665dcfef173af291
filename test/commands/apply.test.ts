import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { apply } from '../../src/commands/deploy/apply.ts';
import { exitCodeOf } from '../../src/errors.ts';
import { lastRuns } from '../../src/plan/journal/runs.ts';
import type { Plan } from '../../src/plan/model/plan.ts';
import { openStateFolder } from '../../src/plan/run/state-folder.ts';
import { seal, writePlan } from '../../src/plan/saved/saved-plan.ts';
import { type Outcome, runVerb } from './verb.ts';

let folder = '';
let site = '';
let file = '';
/** There once the secret command of the site has run. */
let ran = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'oriel-apply-'));
  ran = join(folder, 'ran');
  file = join(folder, 'change.json');
  site = await writeSite(folder, 'site.yaml');
  await save(folder, site);
});
afterEach(() => rm(folder, { recursive: true }));

async function writeSite(place: string, name: string): Promise<string> {
  await mkdir(place, { recursive: true });
  const path = join(place, name);
  await writeFile(
    path,
    `name: images
release: "2024.2"
secrets: [{ command: [sh, -c, "touch ${ran}; echo hunter2"] }]
storage: { shares: { images: { path: '\\\\files.example.org\\images' } } }
components:
  glance:
    database: { connection: "mysql+pymysql://glance@db.example.org/glance", password: { secret: db } }
    stores: { images: { share: images, default: true } }
nodes:
  glance-1: { address: 127.0.0.9, via: ssh, user: oriel }
`,
  );
  return path;
}

/** A plan of the site, sealed with the salt that is kept beside it. */
async function save(place: string, path: string): Promise<void> {
  const { salt } = await openStateFolder({ directory: place, name: 'images' });
  const plan: Plan = {
    ...{ version: 2, deployment: 'images', release: '2024.2', created: '2026-01-02T03:04:05.000Z' },
    nodes: [{ name: 'glance-1', platform: 'windows' }],
    steps: [],
  };
  const digest = '0'.repeat(64);
  const digests = { site: digest, artifacts: digest, work: digest };
  await writePlan(file, seal(plan, path, {}, digests, salt));
}

interface Ended extends Partial<Outcome> {
  readonly code: number;
  readonly message: string;
  readonly questions: readonly string[];
  readonly secrets: 'asked' | 'left alone';
}

/** How `oriel apply` ended, what it asked, and whether the secret command ran. No package is built here: that is how far it may come. */
async function applied(args: readonly string[], answer?: boolean): Promise<Ended> {
  const questions: string[] = [];
  const ask = async (question: string): Promise<boolean> => {
    questions.push(question);
    expect(existsSync(ran)).toBe(false);
    return answer ?? false;
  };
  const secrets = () => (existsSync(ran) ? 'asked' : 'left alone');
  try {
    const outcome = await runVerb(apply, ['apply', ...args], answer === undefined ? undefined : ask);
    return { ...outcome, message: '', questions, secrets: secrets() };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { code: exitCodeOf(error), message, questions, secrets: secrets() };
  }
}

const goesOn = { code: 1, message: expect.stringContaining('is not built'), secrets: 'asked' };

describe('a saved plan', () => {
  test.each([undefined, true, false])(
    'with --site is applied without a question (terminal: %s)',
    async (answer) => {
      expect(await applied([file, '--site', site], answer)).toMatchObject({ ...goesOn, questions: [] });
    },
  );

  test('without --site asks, and names the file whose secret commands run', async () => {
    const question = `${file} names the site file ${site}, whose secret commands run on this machine. Apply the plan with it?`;
    expect(await applied([file], true)).toMatchObject({ ...goesOn, questions: [question] });
  });

  test('runs no secret command where the answer is no, and does not end well', async () => {
    const { printed, ...ended } = await applied([file], false);
    expect(ended).toMatchObject({ code: 1, message: '', secrets: 'left alone' });
    expect(printed).toContain('images, OpenStack 2024.2');
    const { runs } = await lastRuns(join(folder, '.oriel/images/journal.jsonl'), 9);
    expect(runs).toMatchObject([{ verb: 'apply', result: 'declined', changed: 0, failed: 0 }]);
  });

  test.each([[], ['--json']])('without --site and a terminal is bad input %s', async (...flags) => {
    expect(await applied([file, ...flags])).toMatchObject({
      code: 2,
      message: `a saved plan without --site needs an interactive terminal (or --yes)\n    name the site file: oriel apply ${file} --site SITE`,
      secrets: 'left alone',
    });
  });

  test('without --site is applied with --yes, with and without a terminal', async () => {
    for (const answer of [undefined, false]) {
      await rm(ran, { force: true });
      expect(await applied([file, '--yes'], answer)).toMatchObject({ ...goesOn, questions: [] });
    }
  });

  test.each([
    [
      'of another folder',
      () => writeSite(join(folder, 'other'), 'site.yaml'),
      'was changed after it was saved, or was not saved here',
    ],
    ['beside its own, of the same name', () => writeSite(folder, 'other.yaml'), 'was saved for'],
  ])('is refused with the site %s, before its secrets are asked for', async (_, other, message) => {
    const ended = await applied([file, '--site', await other(), '--yes']);
    expect(ended).toMatchObject({
      code: 2,
      message: expect.stringContaining(message),
      secrets: 'left alone',
    });
  });

  test('that was changed is refused, whoever agrees', async () => {
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace('glance-1', 'glance-2'));
    for (const args of [[file, '--site', site], [file, '--yes'], [file]])
      expect(await applied(args, true)).toMatchObject({
        code: 2,
        message: expect.stringContaining('was changed after it was saved'),
        questions: [],
        secrets: 'left alone',
      });
  });
});

test('--site goes with a saved plan alone', async () => {
  expect(await applied([site, '--site', site, '--yes'])).toMatchObject({
    code: 2,
    message: expect.stringContaining('leave --site out'),
    secrets: 'left alone',
  });
});
