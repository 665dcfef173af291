import { describe, expect, test } from 'vitest';
import { programOutlines, strangeFlags } from '../../scripts/check/documents/commands.ts';
import { deadLinks } from '../../scripts/check/documents/links.ts';
import { anchorOf, blocksOf, pages } from '../../scripts/check/documents/markdown.ts';
import { quotedIn, strangeMessages } from '../../scripts/check/documents/messages.ts';
import { strangeVariables } from '../../scripts/check/documents/variables.ts';
import { documents } from '../../scripts/check/documents.ts';

const page = (text: string, path = 'docs/a.md') => ({ path, text });
const messages = (findings: readonly { readonly message: string }[]) =>
  findings.map(({ message }) => message);

test('the pages of the repository say what is so', async () => {
  expect(await documents.run('.')).toEqual([]);
  const quoted = pages('.').flatMap(quotedIn);
  expect(quoted.length).toBeGreaterThan(50);
});

describe('the checks of pages find', () => {
  test('a file that is not there, and an anchor that is no heading', () => {
    const found = deadLinks('.', [
      page(
        '# One `two`\n[a](none.md) [b](#one-two) [c](#three) [d](README.md) `[e](none.md)`\n```\n[f](none.md)\n```\n',
        'docs/README.md',
      ),
    ]);
    expect(messages(found)).toEqual([
      'links to none.md, which is not there',
      'links to #three, which is no heading of docs/README.md',
    ]);
    expect(found.map(({ line }) => line)).toEqual([2, 2]);
  });

  test('a flag that no verb has', async () => {
    const found = strangeFlags(
      [page('`--yes`, `--pkcs11-key NAME` and\n`--never`')],
      await programOutlines(),
    );
    expect(found).toEqual([{ file: 'docs/a.md', line: 2, message: 'no verb has --never' }]);
  });

  test('a variable that nothing reads, and one that is read in silence', () => {
    const source = page('process.env.ORIEL_NEW; env.ORIEL_OLD', 'src/a.ts');
    const listed = page('`ORIEL_OLD`', 'docs/reference/command-line.md');
    const own = page('`ORIEL_NONE`, `ORIEL_DB_PASSWORD` of `{ secret: db_password }`');
    expect(messages(strangeVariables([listed, own], [source]))).toEqual([
      'ORIEL_NONE is a variable that nothing reads',
      'lacks ORIEL_NEW, which the program reads',
    ]);
  });

  test('a message that the program does not say', () => {
    const table = (text: string) => page(`| message | remedy |\n| --- | --- |\n| \`${text}\` | x |\n`);
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a source is quoted
    const source = page("say(`the key ${file} is ` +\n  'encrypted, and cannot be read')", 'src/a.ts');
    expect(strangeMessages([table('the key FILE is encrypted')], [source])).toEqual([]);
    expect(messages(strangeMessages([table('the key FILE is rotten')], [source]))).toEqual([
      'quotes "the key FILE is rotten"; no source of oriel says "is rotten"',
    ]);
  });
});

test('blocks of pages have their language and what stands behind it, in items of lists too', () => {
  expect(blocksOf(page('1. a\n\n   ```sh elsewhere: a node\n   ls\n     x\n   ```\n'))).toEqual([
    { language: 'sh', info: 'elsewhere: a node', text: 'ls\n  x', line: 3 },
  ]);
  expect(anchorOf('`via: ssh` and *more*, 2.0')).toBe('via-ssh-and-more-20');
});
