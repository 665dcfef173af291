import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { validate } from '../../../src/commands/site/validate.ts';
import { checkGlanceOptions } from '../../../src/components/glance/options/check.ts';
import { policyProblems } from '../../../src/components/glance/render/policy.ts';
import { protectionProblems } from '../../../src/components/glance/render/property-protections.ts';
import { databaseRules } from '../../../src/components/glance/site/rules/database.ts';
import type { SiteFragment } from '../../../src/site/grammar/site.ts';
import { runVerb } from '../../commands/verb.ts';

const folder = mkdtempSync(join(tmpdir(), 'oriel-reported-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const messagesOf = (
  problems: readonly { readonly message: string; readonly position?: { line: number } }[],
) => problems.map(({ message, position }) => `${position?.line ?? 0}: ${message}`);

// Rows 2 and 4. Each was read by PyYAML 6.0.2 and oslo.policy 4.4.0 (`parse_file_contents`, then `_parser.parse_rule`): the right ones are the
// rules that they look like; of the wrong ones a tag and an empty value are `@`, a tab ends the reading, `yes`, dates and numbers end in a TypeError,
// broken rules and maps are `!`, and misspelt names and names written twice are taken without a word.
describe('a policy file is read as oslo.policy reads it', () => {
  test.each([
    ['lists of lists', '"get_image": [["role:reader"], ["role:admin", "project_id:%(owner)s"]]\n'],
    ['a list of texts', 'get_image: ["role:reader", "role:admin"]\n'],
    ['comments only', '# nothing\n\n  # more\n'],
    ['nothing', ''],
    ['a rule of its own', '"mine": "role:x"\n"get_image": "rule:mine or (rule:default and not role:y)"\n'],
    ['a rule of Glance', 'get_image: rule:context_is_admin\n'],
    ['everybody, as said', 'get_image: ""\nget_images: "@"\nmodify_image: \'!\'\n'],
    ['a tab in a comment', '# a\tb\nget_image: "role:a" # c\td\n'],
  ])('right: %s', (_, text) => expect(messagesOf(policyProblems(text, 'p.yaml'))).toEqual([]));

  test.each([
    ['a bare tag', 'publicize_image: !\n', /^1: tags .* are not used/],
    [
      'nothing behind a name',
      '\nget_image:\n',
      /^2: the rule of `get_image` is empty, which lets everybody in/,
    ],
    ['a tab', 'get_image:\t"role:admin"\n', /^1: a tab/],
    ['yes', 'get_image: yes\n', /^1: .*YAML 1.1 reads true or false/],
    ['a date', 'get_image: 2024-01-02\n', /^1: .*reads a date/],
    ['a number', 'get_image: 12:30\n', /^1: .*reads a number/],
    ['a map', 'get_image: { role: admin }\n', /^1: .*must be text/],
    ['an open end', 'get_image: "role:admin and"\n', /^1: .*ends where a check must follow/],
    ['two checks', 'get_image: "role:admin role:x"\n', /^1: .*lacks "and" or "or" in front of role:x/],
    ['no check', 'get_image: "admin"\n', /^1: .*has admin, which is no check/],
    ['a parenthesis', 'get_image: "(role:admin or role:x"\n', /^1: .*leaves a parenthesis open/],
    ['a misspelt rule', 'publicise_image: "role:x"\n', /^1: `publicise_image` is no rule of Glance/],
    ['a rule that is not there', 'get_image: "rule:context_is_admn"\n', /^1: .*names rule:context_is_admn/],
    ['a name twice', 'get_image: "@"\nget_image: "!"\n', /^2: `get_image` is written twice/],
  ])('wrong: %s', (_, text, words) => {
    const messages = messagesOf(policyProblems(text, 'p.yaml'));
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatch(words);
  });
});

// Row 3.
describe('property protections are read as Glance reads them', () => {
  const rest = 'create = a\nread = a\nupdate = a\n';
  test.each([
    ['no pattern', `[*_private]\n${rest}delete = a\n`, /\[\*_private\] is no regular expression/],
    ['an escape of nothing', `[x\\q]\n${rest}delete = a\n`, /\\q means nothing/],
    ['an operation twice', `[x]\n${rest}read = b\ndelete = a\n`, /^5: \[x\] has `read` twice/],
    ['a comment behind a value', `[x]\n${rest}delete = a ; all\n`, /delete: a comment behind a value/],
    ['an indented line', `[x]\n${rest}delete = a\n  b = c\n`, /delete: an indented line goes on/],
  ])('wrong: %s', (_, text, words) => {
    const messages = messagesOf(protectionProblems(text, 'p.conf', 'roles'));
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatch(words);
  });

  test.each([
    ['values for all sections', `[DEFAULT]\n${rest}[x]\ndelete = a\n[(?P<n>y)z]\ndelete = b\n`],
    ['words behind a section', `[x] here\n${rest}delete = a\n`],
  ])('right: %s', (_, text) => expect(messagesOf(protectionProblems(text, 'p.conf', 'roles'))).toEqual([]));
});

// Rows 5, 10, 11, 15 and 18.
describe('options that Windows, or Glance at an upload, refuses', () => {
  test.each([
    ['oslo_messaging_rabbit', 'use_queue_manager', true, /os.getpgrp/],
    ['oslo_messaging_metrics', 'metrics_enabled', true, /AF_UNIX/],
    ['DEFAULT', 'log_config_append', 'C:\\log.ini', /does not bring to a node/],
    ['healthcheck', 'backends', ['x'], /glance-api-paste.ini, which wins/],
    ['keystone_authtoken', 'system_scope', 'all', /excludes the project/],
    ['DEFAULT', 'user_storage_quota', '10GiB', /must be a number with B, KB/],
    ['DEFAULT', 'metadata_encryption_key', 'short', /16, 24 or 32 bytes/],
    ['DEFAULT', 'hashing_algorithm', 'sha999', /an algorithm of Python/],
    ['DEFAULT', 'use_keystone_limits', true, /needs the group `oslo_limit`/],
    ['DEFAULT', 'transport_url', 'rabbit://u:p@h/', /a secret and stands here in clear/],
    ['barbican_service_user', 'password', 'x', /a secret and stands here in clear/],
    ['barbican_service_user', 'auth_uri', 'http://k/v3', /is not an option of/],
    ['oslo_limit', 'password', 'x', /a secret and stands here in clear/],
    ['database', 'slave_connection', 'mysql+pymysql://u@h/n?password=x', /a secret and stands here/],
  ] as const)('[%s] %s', (group, name, value, words) => {
    const [problem, ...more] = checked({ [group]: { [name]: value } });
    expect(more).toEqual([]);
    expect(problem?.message).toMatch(words);
  });

  test.each([
    ['oslo_messaging_rabbit', 'use_queue_manager', false],
    ['DEFAULT', 'user_storage_quota', '10GB'],
    ['DEFAULT', 'transport_url', { secret: 'queue' }],
    ['DEFAULT', 'transport_url', 'rabbit://h/'],
    ['DEFAULT', 'hashing_algorithm', 'sha3_256'],
    ['barbican_service_user', 'auth_url', 'https://k.example.org/v3'],
    ['barbican_service_user', 'password', { secret: 'barbican' }],
  ] as const)('[%s] %s may be %s', (group, name, value) =>
    expect(checked({ [group]: { [name]: value } }).filter(({ severity }) => severity !== 'warning')).toEqual(
      [],
    ),
  );

  test('options of one node are checked as those of all (deploy row 7)', () =>
    expect(
      checked({}, { 'hv-1': { DEFAULT: { hashing_algorithm: 'sha999' } } }).map(({ path }) => path),
    ).toEqual(['components.glance.node_options.hv-1.DEFAULT.hashing_algorithm']));

  function checked(options: object, node_options = {}) {
    const data = { release: '2024.2', components: { glance: { options, node_options, keystone: {} } } };
    return checkGlanceOptions({ data, at: () => ({ file: 'site.yaml', line: 1, column: 1 }) });
  }
});

// Row 12.
describe('URLs of databases that SQLAlchemy cannot read', () => {
  const of = (connection: string) =>
    databaseRules.flatMap((rule) =>
      rule({ components: { glance: { database: { connection } } } } as unknown as SiteFragment),
    );
  test.each([
    ['mysql+pymysql://g@db:port/n', /`port` is not a port/],
    ['mysql+pymysql://g@fd00::5/n', /IPv6 address stands in brackets/],
    ['mysql+pymysql://g@a:3306,b:3306/n', /two hosts/],
    ['MySQL+pymysql://g@db/n', /knows no driver/],
    ['mysql+pymysql://g@db/n?charset=utf8&charset=x', /`charset` twice/],
    ['mysql+pymysql://g@db/n?password=x', /says again what stands in front of it/],
  ])('%s', (url, words) =>
    expect(of(url).map(({ message }) => message)).toEqual([expect.stringMatching(words)]),
  );
  test.each(['mysql+pymysql://g@[fd00::5]:3306/n?charset=utf8', 'sqlite:///C:/x/g.sqlite'])(
    '%s is one',
    (url) => expect(of(url)).toEqual([]),
  );
});

// Row 14.
test('validate reads the files that a site brings', async () => {
  for (const file of ['protections.yaml', 'policy.yaml', 'property-protections.conf'])
    cpSync(`test/cases/render/${file}`, join(folder, file));
  writeFileSync(join(folder, 'policy.yaml'), 'publicize_image: !\n');
  const { code, printed } = await runVerb(validate, [
    'validate',
    '--no-secrets',
    join(folder, 'protections.yaml'),
  ]);
  expect(printed).toMatch(/policy.yaml:1:18: tags .* are not used in a policy file/);
  expect(code).toBe(2);
});
