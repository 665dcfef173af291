import { chmodSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { settingsOf } from '../../src/components/glance/site/settings.ts';
import { loadSite } from '../../src/components/index.ts';
import { describeProblem, InputError } from '../../src/errors.ts';
import { snippetOf } from '../../src/site/yaml/source.ts';
import { baseSite, complaintsOf, folderWith, headOf, loadFrom } from './site-folder.ts';

/** A site that extends the base with other sources; its secrets are database_password and keystone_password. */
const withSources = (sources: string) => ({ 'site.yaml': `extends: base.yaml\nsecrets:\n${sources}` });

async function passwordsOf(
  sources: string,
  more: Record<string, string> = {},
  env: Record<string, string> = {},
) {
  const glance = settingsOf(await loadFrom({ ...withSources(sources), ...more }, { env }));
  return [glance.database.password?.reveal(), glance.keystone?.password.reveal()];
}

describe('sources of secrets', () => {
  it('the first that has the name wins', async () => {
    const sources = '  - env: T_\n  - file: secrets.yaml\n  - command: [echo, "from {name}"]\n';
    const values = { 'secrets.yaml': 'database_password: from file\n' };
    expect(await passwordsOf(sources, values)).toEqual(['from file', 'from keystone_password']);
    expect(
      await passwordsOf(sources, values, { T_DATABASE_PASSWORD: 'from env', T_KEYSTONE_PASSWORD: '' }),
    ).toEqual(['from env', 'from keystone_password']);
  });

  it('env is the only one when none is named, by the prefix ORIEL_', async () => {
    const site = baseSite.replace(/secrets:\n.*\n/, '');
    const glance = settingsOf(
      await loadFrom(
        { 'site.yaml': site },
        { env: { ORIEL_DATABASE_PASSWORD: 'a', ORIEL_KEYSTONE_PASSWORD: 'b' } },
      ),
    );
    expect(glance.database.password?.reveal()).toBe('a');
  });

  it('a program gets the name as it is, and newlines at its end do not count', async () => {
    const sources = '  - command: [printf, "%s\\\\n\\\\n", "$(touch pwned) {name}"]\n';
    const folder = folderWith({ 'base.yaml': baseSite, ...withSources(sources) });
    const glance = settingsOf(await loadSite(join(folder, 'site.yaml'), { env: {} }));
    expect(glance.database.password?.reveal()).toBe('$(touch pwned) database_password');
    expect(existsSync(join(folder, 'pwned'))).toBe(false);
  });

  it('a program runs in the folder of the file that names it', async () => {
    expect(
      await passwordsOf('  - command: [cat, "{name}"]\n', { database_password: 'a', keystone_password: 'b' }),
    ).toEqual(['a', 'b']);
  });

  it('what no source has is told with what each of them said, and never with what a program printed', async () => {
    const sources =
      '  - env: T_\n  - file: none.yaml\n  - file: some.yaml\n  - command: [sh, -c, "echo hunter2; echo hunter2 >&2; exit 3"]\n  - command: [no-such-program]\n  - command: ["true"]\n';
    const complaints = await complaintsOf({ ...withSources(sources), 'some.yaml': 'database_password: 5\n' });
    expect(complaints.map((complaint) => complaint.split('\n').at(-1)?.trim())).toEqual([
      'tried: T_DATABASE_PASSWORD is not set; none.yaml cannot be read: no such file; some.yaml has it, but not as text; `sh` ended with exit code 3; `no-such-program` ended with exit code 127; `true` printed nothing',
      'tried: T_KEYSTONE_PASSWORD is not set; none.yaml cannot be read: no such file; some.yaml does not have it; `sh` ended with exit code 3; `no-such-program` ended with exit code 127; `true` printed nothing',
    ]);
    expect(complaints.join()).not.toContain('hunter2');
  });

  it('a broken file of secrets is told by its place alone', async () => {
    const complaints = await complaintsOf({
      ...withSources('  - file: s.yaml\n'),
      's.yaml': 'a: hunter2: b\n',
    });
    expect(complaints[0]).toContain('tried: s.yaml:1:11: this is not YAML');
    expect(complaints.join()).not.toContain('hunter2');
  });

  it.each([0o640, 0o604, 0o644])('a file that others can read is refused: %o', async (mode) => {
    const folder = folderWith({
      'base.yaml': baseSite,
      ...withSources('  - file: secrets.yaml\n'),
      'secrets.yaml': 'database_password: a\nkeystone_password: b\n',
    });
    const file = join(folder, 'secrets.yaml');
    chmodSync(file, mode);
    await expect(loadSite(join(folder, 'site.yaml'), { env: {} })).rejects.toThrow(
      `site.yaml:3:11: others can read \`secrets.yaml\` (secrets[0].file)\n    - file: secrets.yaml\n    run \`chmod 600 ${file}\``,
    );
    expect((await loadSite(join(folder, 'site.yaml'), { secrets: 'placeholder' })).name).toBe('images');
  });

  it('are not asked for placeholders', async () => {
    const glance = settingsOf(
      await loadFrom(withSources('  - command: [no-such-program]\n'), {
        secrets: 'placeholder',
      }),
    );
    expect(glance.keystone?.password.reveal()).toBe('[secret:keystone_password]');
  });

  it('are asked wherever a value may be secret', async () => {
    const glance = settingsOf(
      await loadFrom({
        'site.yaml':
          'extends: base.yaml\ncomponents:\n  glance:\n    options: { DEFAULT: { transport_url: { secret: one } } }\n    extra: { mine: { a: [x, { secret: two }], b: { c: { secret: three } } } }\n',
      }),
    );
    expect(JSON.parse(JSON.stringify([glance.options, glance.extra]))).toEqual([
      { DEFAULT: { transport_url: '[secret:one]' } },
      { mine: { a: ['x', '[secret:two]'], b: { c: '[secret:three]' } } },
    ]);
  });
});

describe('a line shown with an error', () => {
  it.each([
    ['password: hunter2', 'password: ***'],
    ['- password: hun,ter}2 # x', '- password: ***'],
    [
      'keystone: { username: glance, password: hunter2, project: x }',
      'keystone: { username: glance, password: ***, project: x }',
    ],
    ['{ s3_store_secret_key: "hun,ter2" }', '{ s3_store_secret_key: *** }'],
    [
      'connection: mysql+pymysql://glance:hun@ter2@db/glance',
      'connection: mysql+pymysql://glance:***@db/glance',
    ],
    ['password: { secret: db_password }', 'password: { secret: db_password }'],
    ['workers: two', 'workers: two'],
  ])('%s', (line, shown) => {
    expect(snippetOf(`first\n   ${line}`, 2)).toBe(shown);
  });

  it('is cut where it is long', () => {
    expect(snippetOf('x'.repeat(500), 1)).toHaveLength(120);
  });

  it('never shows a password that is in the wrong place', async () => {
    const site = `${baseSite}`
      .replaceAll(/\{ secret: \w+ \}/g, 'hunter2')
      .replace('glance@db', 'glance:hunter2@db');
    const complaints = await complaintsOf({ 'site.yaml': site });
    expect(complaints.map(headOf)).toHaveLength(3);
    expect(complaints.join()).not.toContain('hunter2');
  });
});

describe('a InputError', () => {
  it('reads as its problems do', async () => {
    const error = await loadFrom({ 'site.yaml': 'extends: base.yaml\na: 1\nb: 2\n' }).catch(
      (thrown: unknown) => thrown,
    );
    if (!(error instanceof InputError)) return expect.fail('no InputError');
    expect(error.message).toBe(error.problems.map(describeProblem).join('\n'));
  });
});
