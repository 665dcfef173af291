import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { zipCharm } from '../../src/charm/build/archive.ts';
import { charmFiles } from '../../src/charm/build/build-charm.ts';
import { charmFlavours } from '../../src/charm/model/charm.ts';
import { toCharm } from '../../src/charm/model/to-charm.ts';
import { glance } from '../../src/components/glance/index.ts';
import { judgesPython } from './judges.ts';

const judges = judgesPython('charms');
const title = 'missing' in judges ? `: left out, ${judges.missing}` : '';

interface Verdict {
  readonly charmcraft: readonly { readonly rule: string; readonly result: string; readonly text: string }[];
  readonly proof: readonly string[];
}

/** What each program warns of, and why it stays. */
const expected = {
  proxy: {
    // nagios_context and nagios_servicegroups are the names that the charms of OpenStack have.
    charmcraft: ['naming-conventions'],
  },
  native: {
    // Juju 2.9, the only one with machines of Windows, asks for series.
    charmcraft: ['metadata'],
  },
} as const;

describe.skipIf('missing' in judges)(`charmcraft analyze and charm proof${title}`, () => {
  let folder: string;
  let verdicts: Readonly<Record<string, Verdict>>;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'oriel-judges-'));
    const program = join(folder, 'oriel.cjs');
    writeFileSync(program, '// the program\n');
    const archives = new Map<string, Uint8Array>();
    for (const flavour of charmFlavours) {
      const files = await charmFiles(toCharm(glance, flavour), program);
      archives.set(flavour, zipCharm(files, 0));
      const config = { data: Buffer.from('options:\n  workers: {default: 2}\n') };
      const broken = new Map([...files, ['config.yaml', config], ['revision', { data: Buffer.from('x') }]]);
      if (flavour === 'proxy') archives.set('broken', zipCharm(broken, 0));
    }
    const paths = [...archives].map(([name, archive]) => put(folder, name, archive));
    const environment = { ...process.env, HOME: folder, XDG_RUNTIME_DIR: folder };
    const script = join(import.meta.dirname, 'charms.py');
    const python = 'python' in judges ? judges.python : '';
    const printed = execFileSync(python, [script, ...paths], {
      env: environment,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    verdicts = JSON.parse(printed);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each(charmFlavours)('find no error in our %s charm, and warn of what has a reason', (flavour) => {
    const { charmcraft, proof } = verdicts[flavour] as Verdict;
    const warned = charmcraft.filter(({ result }) => /^(warning|error|fatal)$/.test(result));
    expect(warned.filter(({ result }) => result !== 'warning')).toEqual([]);
    expect(warned.map(({ rule }) => rule)).toEqual(expected[flavour].charmcraft);
    expect(proof.filter((line) => /^(E|FATAL)/.test(line))).toEqual([]);
    // `dispatch` is all programs in one since Juju 2.8.
    expect(proof.filter((line) => /^W: (?!actions\.\S+ actions\/\S+ does not exist$)/.test(line))).toEqual(
      [],
    );
  });

  test('find the errors of a broken charm', () => {
    const { charmcraft, proof } = verdicts.broken as Verdict;
    expect(charmcraft.filter(({ result }) => result === 'error').map(({ rule }) => rule)).toEqual([
      'juju-config',
    ]);
    expect(proof.filter((line) => line.startsWith('E: ')).join('\n')).toMatch(
      /revision file[\s\S]*type of option/,
    );
  });
});

/** An archive, and beside it a folder with its files in a folder that has the name of the charm. */
function put(folder: string, name: string, archive: Uint8Array): string {
  const path = join(folder, `${name}.charm`);
  writeFileSync(path, archive);
  for (const [file, data] of Object.entries(unzipSync(readFileSync(path)))) {
    const target = join(folder, name, 'glance-windows', file);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, data);
  }
  return path;
}
