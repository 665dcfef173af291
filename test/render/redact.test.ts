import { describe, expect, it, test } from 'vitest';
import { renderFile } from '../../src/render/file.ts';
import { redactedLines } from '../../src/render/redact.ts';
import { noFile, unifiedDiff } from '../../src/render/unified.ts';
import { Secret } from '../../src/secret.ts';

const file = renderFile('C:\\etc\\clock.conf', (write) =>
  [
    '[DEFAULT]',
    'workers = 2',
    '[database]',
    `connection = mysql+pymysql://clock:${write(new Secret('db', 'correct-horse'))}@db/clock`,
    '[auth]',
    `pin = ${write(new Secret('pin', '17'))}`,
  ].join('\n'),
);

const cases: readonly (readonly [what: string, line: string, shown: string])[] = [
  ['a line as it is wanted', 'pin = 17', 'pin = [secret:pin]'],
  ['another value of a secret', 'pin = 18', 'pin = [secret]'],
  ['the same without blanks', 'pin=18', 'pin=[secret]'],
  ['the same, commented out', '# pin = 18', '# pin = [secret]'],
  ['the same, spelled otherwise', 'PIN: 18', 'PIN: [secret]'],
  [
    'another secret in a text of ours',
    'connection = mysql+pymysql://clock:old@x@db/clock',
    'connection = mysql+pymysql://clock:[secret]@db/clock',
  ],
  [
    'an option that is unknown to us and sounds like one',
    's3_store_secret_key = abc',
    's3_store_secret_key = [secret]',
  ],
  ['a key of JSON', '  "admin_password": "abc",', '  "admin_password": [secret]'],
  ['an empty one', 'admin_password = ', 'admin_password = '],
  ['a password in a URL', 'url = http://u:a/b@c@host/', 'url = http://u:[secret]@host/'],
  [
    'a password in a query',
    'url = mysql://host/d?user=u&password=abc&x=1',
    'url = mysql://host/d?user=u&password=[secret]&x=1',
  ],
  ['a message bus', 'transport_url = rabbit://guest@host', 'transport_url = [secret]'],
  ['what is no secret', 'workers = 3', 'workers = 3'],
  ['a section', '[auth]', '[auth]'],
];

describe('lines of a file on a node', () => {
  test.each(cases)('%s', (_, line, shown) => {
    expect(redactedLines(line, file)).toEqual([shown]);
  });

  it('hides what continues a secret, and private keys', () => {
    const text =
      'pin = 18\n  and more\nworkers = 3\n  4\n-----BEGIN RSA PRIVATE KEY-----\nMIIx\n-----END RSA PRIVATE KEY-----\nx = 1';
    expect(redactedLines(text, file)).toEqual([
      ...['pin = [secret]', '[secret]', 'workers = 3', '  4', '[secret]', '[secret]', '[secret]', 'x = 1'],
    ]);
  });

  it('hides all of a file that is one secret', () => {
    const whole = renderFile('C:\\etc\\key', (write) => write(new Secret('key', 'a\nb\nc')));
    expect(redactedLines('a\nb\nd', whole)).toEqual(['[secret]', '[secret]', '[secret]']);
  });
});

describe('a difference', () => {
  const sides = {
    from: { path: 'n:clock.conf', label: 'on the node' },
    to: { path: 'n:clock.conf', label: 'to be' },
  };
  const clear = String((file.content as Secret).reveal());

  it('is a unified diff, and shows of a secret that it differs', () => {
    const diff = unifiedDiff(file, clear.replace('workers = 2', 'workers = 3').replace('17', '4711'), sides);
    expect(diff).toBe(
      [
        '--- n:clock.conf\ton the node',
        '+++ n:clock.conf\tto be',
        '@@ -1,6 +1,6 @@',
        ...[' [DEFAULT]', '-workers = 3', '+workers = 2', ' [database]'],
        ...[' connection = mysql+pymysql://clock:[secret:db]@db/clock', ' [auth]'],
        ...['-pin = [secret]', '+pin = [secret:pin]', ''],
      ].join('\n'),
    );
  });

  it('says in a line where there is nothing to show', () => {
    expect(unifiedDiff(file, `\ufeff${clear.replaceAll('\r', '')}`, sides)).toMatch(
      /^Files n:clock.conf \(on the node\) and .* differ: only in secrets, line ends or a byte order mark\n$/,
    );
    const other = Array.from({ length: 5_000 }, (_, index) => `line ${index}`).join('\n');
    expect(unifiedDiff(file, other, sides)).toContain('differ: in more lines than are shown');
  });

  it('begins with nothing where no file was', () => {
    expect(unifiedDiff(file, undefined, { ...sides, from: noFile })).toMatch(/^--- \/dev\/null\n\+\+\+ /);
  });
});
