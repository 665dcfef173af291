import {
  chmodSync,
  chownSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { blockBelow } from '../../scripts/check/documents/commands.ts';
import { cacheDirectory } from '../../src/payload/cache/cache.ts';
import { run } from '../../src/process.ts';
import { leftOut, whole } from '../extent.ts';
import { installs, recipes } from './recipes.ts';

const home = mkdtempSync(join(tmpdir(), 'oriel-start-'));
chmodSync(home, 0o755);
const bin = join(home, 'bin');
/** Milliseconds for a whole deployment, with a cache that may be empty, on a machine that is busy with others. */
const limitMs = 45 * 60_000;
/** A user who is not root. */
const nobody = 65534;

beforeAll(() => {
  if (!whole) return;
  mkdirSync(bin);
  // In a copy that everybody may read; uv is the one of this repository.
  const program = join(home, 'oriel');
  for (const name of ['package.json', 'dist/oriel.cjs', 'agent', 'charms', 'msi', 'templates', 'src/sandbox'])
    cpSync(name, join(program, name), { recursive: true });
  const script = `#!/bin/sh\nexec ${process.execPath} ${join(program, 'dist/oriel.cjs')} "$@"\n`;
  writeFileSync(join(bin, 'oriel'), script, { mode: 0o755 });
  copyFileSync(resolve('.venv/bin/uv'), join(bin, 'uv'));
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** A folder of its own. */
function aFolder(name: string, owner?: number): string {
  const folder = join(home, name);
  mkdirSync(folder, { recursive: true });
  if (owner !== undefined) chownSync(folder, owner, owner);
  return folder;
}

/** Runs a script of bash in a folder; as another user without the programs of `without`. */
async function script(
  text: string,
  folder: string,
  { user, path }: { readonly user?: number; readonly path: string },
): Promise<string> {
  // Another user may not read the cache of this one, and nobody has no home for Java, which asks the list of users.
  const cache = user === undefined ? cacheDirectory() : join(folder, 'cache');
  const home = { HOME: folder, MAVEN_OPTS: `-Duser.home=${folder}` };
  // Wine is found where Debian has it, whatever the path is.
  const wine = user === undefined ? {} : { ORIEL_WINE: '/nowhere/wine' };
  const env = { PATH: `${bin}:${path}`, ...home, ...wine, ORIEL_CACHE: cache, ORIEL_POWERSHELL: '' };
  const command = ['bash', '-euo', 'pipefail', '-c', text];
  const as = ['setpriv', `--reuid=${user}`, `--regid=${user}`, '--clear-groups'];
  const [file = '', ...args] = user === undefined ? command : [...as, ...command];
  try {
    return (await run(file, args, { cwd: folder, env, timeout: limitMs })).stdout;
  } finally {
    await run(join(bin, 'oriel'), ['sandbox', 'down'], { cwd: folder, env, accept: [0, 1] });
  }
}

/** The programs of this machine but those of Wine, as links. */
function withoutWine(): string {
  const folder = aFolder('programs');
  const names = [
    'bash',
    'sh',
    'env',
    'python3',
    'tar',
    'unzip',
    'cat',
    'setsid',
    'rm',
    'ls',
    'uname',
    'mvn',
    'java',
    'dirname',
    'readlink',
  ];
  for (const name of names)
    for (const place of ['/usr/bin', '/bin'])
      try {
        symlinkSync(join(place, name), join(folder, name));
      } catch {
        // It is there already.
      }
  return `${folder}:${dirname(process.execPath)}`;
}

const start = blockBelow('README.md', 'Start');

describe.skipIf(!whole)(`the start of the README${whole ? '' : `, ${leftOut}`}`, () => {
  test.each([
    ['root', undefined],
    ['another user, without Wine', nobody],
  ] as const)(
    'as %s ends with a verified image',
    async (name, user) => {
      const path = user === undefined ? (process.env.PATH ?? '') : withoutWine();
      const folder = aFolder(`start-${user ?? 0}`, user);
      const said = await script(start, folder, { path, ...(user !== undefined && { user }) });
      expect(said, name).toMatch(/^verify: (?!.*fail).*\d+ pass/m);
    },
    limitMs,
  );
});

describe.skipIf(!whole)(`recipes of CI${whole ? '' : `, ${leftOut}`}`, () => {
  test.each(recipes())(
    '$file ends with its artefacts',
    async ({ file, commands }) => {
      const folder = aFolder(file);
      cpSync('examples/ci', folder, { recursive: true });
      await script(commands.filter((command) => !installs(command)).join('\n'), folder, {
        path: process.env.PATH ?? '',
      });
      const kept = await script(
        'ls dist/*.msi dist/*.cdx.json dist/SHA256SUMS plan.html verify.xml drift.xml',
        folder,
        {
          path: process.env.PATH ?? '',
        },
      );
      expect(kept.trim().split('\n')).toHaveLength(6);
    },
    limitMs,
  );
});

test('the README begins with a start', () => {
  expect(start.trim().split('\n')).toContain('oriel verify');
});
