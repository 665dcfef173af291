import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dataFile } from '../../../src/data-files.ts';
import { formOf } from '../../../src/msi/model/dialog-model.ts';
import { runInWine } from '../../../src/sandbox/wine/prefix.ts';
import cases from '../../cases/dialogs.json' with { type: 'json' };
import { bootedPrefix, hasWine } from '../../sandbox/wine/wine.ts';
import { hasCompiler } from '../../service/compiler.ts';

const values = cases.flatMap(({ property, type, good, bad }) => [
  ...good.map((value) => ({ property, type, value, isGood: true })),
  ...bad.map((value) => ({ property, type, value, isGood: false })),
]);

describe('a value', () => {
  test('has one answer from the configuration program', () => {
    const program = `
import json, sys
from oriel_configuration import checks
base = dict(DATABASE_CONNECTION='sqlite:///x', KEYSTONE_AUTH_URL='none', STOREPATH='C:\\\\x', BINDHOST='::', BINDPORT='1', WORKERS='1',
            SERVICEACCOUNT='LocalSystem', SERVICEPASSWORD='', DATADIR='C:\\\\x', PUBLICENDPOINT='', KEYSTONE_USERNAME='u',
            KEYSTONE_PASSWORD='p', KEYSTONE_PROJECT='p', KEYSTONE_USER_DOMAIN='d', KEYSTONE_PROJECT_DOMAIN='d')
print(json.dumps([not checks.every({**base, one['property']: one['value']}) for one in json.load(sys.stdin)]))`;
    const { stdout, stderr } = spawnSync('python3', ['-B', '-c', program], {
      env: { ...process.env, PYTHONPATH: dataFile('msi', 'configure') },
      input: JSON.stringify(values),
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    const answers: unknown[] = JSON.parse(stdout);
    expect(values.filter(({ isGood }, i) => answers[i] !== isGood)).toEqual([]);
  });

  describe.skipIf(!hasWine || !hasCompiler)('in Wine', () => {
    let node: Awaited<ReturnType<typeof bootedPrefix>>;
    beforeAll(async () => {
      node = await bootedPrefix();
      const program = join(node.drive, 'check-values.exe');
      const sources = [
        join(import.meta.dirname, 'check-values.c'),
        ...['dialogs/checks.c', 'dialogs/log.c', 'configure/text.c'].map((name) => dataFile('msi', name)),
      ];
      execFileSync('x86_64-w64-mingw32-gcc', [
        ...['-std=c11', '-D_WIN32_WINNT=0x0602', '-I', dataFile('msi', 'dialogs')],
        ...['-o', program, ...sources, '-lws2_32'],
      ]);
    });
    afterAll(async () => {
      await node?.stop();
      await node?.end();
    });

    test('has the same from the pages of the installer', async () => {
      writeFileSync(join(node.drive, 'values.txt'), values.map(lineOf).join(''));
      const { stdout } = await runInWine(node.prefix, 'C:\\check-values.exe', ['C:\\values.txt']);
      const answers = stdout.trim().split(/\r?\n/).map(Number);
      expect(answers).toHaveLength(values.length);
      expect(values.filter(({ isGood }, i) => (answers[i] === -1) !== isGood)).toEqual([]);
    });

    // As Windows writes it, in the language of Windows; Wine's own log has no such lines.
    test('that fails an installation is found in a log of Windows', async () => {
      const log = [
        'MSI (s) (D0:E8) [16:17:16:812]: Executing op: ServiceInstall',
        'MSI (s) (D0:E8) [16:17:17:012]: Produkt: Other Clock -- Fehler 1.',
        'MSI (s) (D0:E8) [16:17:18:112]: Produkt: Example Clock -- Fehler 1920. Dienst "Clock" wurde nicht gestartet.',
        'MSI (s) (D0:E8) [16:17:19:812]: Produkt: Example Clock -- Installation fehlgeschlagen.',
        '',
      ].join('\r\n');
      writeFileSync(join(node.drive, 'windows.log'), `\ufeff${log}`, 'utf16le');
      const find = (...args: readonly string[]) => runInWine(node.prefix, 'C:\\check-values.exe', args);
      const { stdout } = await find('C:\\windows.log', 'Example Clock');
      expect(stdout.trim()).toBe('Fehler 1920. Dienst "Clock" wurde nicht gestartet.');
      expect((await find('C:\\none.log', 'Example Clock')).stdout.trim()).toBe('');
    });
  });
});

function lineOf({ type, value }: (typeof values)[number]): string {
  const form = formOf(type);
  const [least, most] = form?.kind === 'whole' ? [form.least, form.most] : [0, 0];
  return `${form?.kind}|${least}|${most}|${value}\n`;
}
