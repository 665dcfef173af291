import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { makeTree, multiply } from './trees.ts';

interface Figure {
  readonly seconds: number;
  readonly cpu: number;
  readonly bytes: number;
  readonly megabytes?: number;
  readonly sha256?: string;
}

const work = mkdtempSync(join(tmpdir(), 'oriel-benchmark-'));
const say = (line: string) => process.stdout.write(`${line}\n`);

/** Our compiler in a process of its own; the median of `times` runs by wall time. */
function ours(tree: string, { times = 1, cabinets = 'embedded', cache = '' } = {}): Figure {
  const runs = Array.from({ length: times }, () => {
    const script = new URL('build-tree.ts', import.meta.url).pathname;
    const args = [
      '--import',
      'tsx',
      script,
      tree,
      join(work, 'ours.msi'),
      cabinets,
      ...(cache ? [cache] : []),
    ];
    const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    if (!stdout) throw new Error(stderr);
    return JSON.parse(stdout) as Figure;
  });
  return middle(runs);
}

/** wixl-heat and wixl on the same tree, timed by the shell. */
function wixl(tree: string, times = 1): Figure {
  const list = filesOf(tree).map(({ target }) => target);
  writeFileSync(join(work, 'list'), list.sort().join('\n'));
  const product = `<Wix xmlns="http://schemas.microsoft.com/wix/2006/wi"><Product Id="*" Name="B" UpgradeCode="2E44C2B0-7B3D-4D19-8B5E-0A1C8F9D7E60" Language="1033" Version="1.0.0" Manufacturer="o"><Package InstallerVersion="200"/><Media Id="1" Cabinet="a.cab" EmbedCab="yes"/><Directory Id="TARGETDIR" Name="SourceDir"><Directory Id="ProgramFiles64Folder"><Directory Id="INSTALLDIR" Name="b"/></Directory></Directory><Feature Id="F" Level="1"><ComponentGroupRef Id="G"/></Feature></Product></Wix>`;
  writeFileSync(join(work, 'product.wxs'), product);
  const heat = `wixl-heat -p '' --component-group G --var var.S --directory-ref INSTALLDIR --win64 < '${work}/list' > '${work}/files.wxs'`;
  // wixl 0.101 finds sources by relative paths only.
  const build = `wixl -a x64 -D S='${relative(resolve(tree, '..'), tree)}' -D Win64=yes -o '${work}/wixl.msi' '${work}/product.wxs' '${work}/files.wxs'`;
  const script = `cd '${resolve(tree, '..')}' && TIMEFORMAT='%R %U %S' && time { ${heat} && ${build}; }`;
  return middle(
    Array.from({ length: times }, () => {
      const { stderr } = spawnSync('bash', ['-c', script], { encoding: 'utf8' });
      const [real = 0, user = 0, system = 0] = (stderr.trim().split('\n').at(-1) ?? '')
        .split(' ')
        .map(Number);
      return { seconds: real, cpu: user + system, bytes: statSync(join(work, 'wixl.msi')).size };
    }),
  );
}

function middle(runs: readonly Figure[]): Figure {
  const sorted = [...runs].sort((a, b) => a.seconds - b.seconds);
  return sorted[sorted.length >> 1] ?? { seconds: 0, cpu: 0, bytes: 0 };
}

function filesOf(tree: string): { source: string; target: string }[] {
  return readdirSync(tree, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/[. ]$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((source) => ({ source, target: relative(tree, source) }));
}

const row = (...cells: string[]) => say(`| ${cells.join(' | ')} |`);
const s = (value: number) => value.toFixed(1);
const ratio = (a: number, b: number) => (a / b).toFixed(2);

function against(name: string, tree: string, target: string, times: number): void {
  const [theirs, mine] = [wixl(tree, times), ours(tree, { times })];
  const times_ = `${s(mine.seconds)} s against ${s(theirs.seconds)} s (processor ${s(mine.cpu)} s against ${s(theirs.cpu)} s)`;
  row(name, times_, ratio(mine.seconds, theirs.seconds), target);
  row(`${name}: size`, `${mine.bytes} against ${theirs.bytes}`, ratio(mine.bytes, theirs.bytes), '0.95');
}

function main([payload = '', ...only]: string[]): void {
  const wanted = (name: string) => only.length === 0 || only.includes(name);
  row('work', 'figures', 'ratio', 'target');
  row('---', '---', '---', '---');
  if (wanted('payload')) against(`${filesOf(payload).length} files of the payload`, payload, '0.4', 3);
  if (wanted('many')) {
    const many = join(work, 'many');
    multiply(filesOf(payload), many, 23_500);
    against('23,500 files', many, '0.3', 1);
    rmSync(many, { recursive: true });
  }
  if (wanted('cache')) cacheRun(payload);
  if (wanted('small')) smallRun();
  if (wanted('large')) largeRun();
}

/** One file changed, everything else from the cache. */
function cacheRun(payload: string): void {
  const tree = join(work, 'cached');
  multiply(filesOf(payload), tree, filesOf(payload).length);
  const cache = join(work, 'cache');
  const plain = ours(tree, { times: 3 });
  ours(tree, { cache });
  const changed = filesOf(tree)[1000]?.source ?? '';
  const again = middle(
    Array.from({ length: 3 }, () => {
      appendFileSync(changed, '# changed\n');
      return ours(tree, { cache });
    }),
  );
  const same = ours(tree).sha256 === ours(tree, { cache }).sha256;
  const figures = `${s(again.seconds)} s against ${s(plain.seconds)} s, ${same ? 'same bytes' : 'OTHER BYTES'}`;
  row('one file changed, with cache', figures, ratio(again.seconds, plain.seconds), '0.3');
}

function smallRun(): void {
  const [ten, hundred] = [join(work, 'ten'), join(work, 'hundred')];
  makeTree(ten, 10_000, 1000);
  makeTree(hundred, 100_000, 1000);
  const [a, b] = [ours(ten, { times: 3 }), ours(hundred)];
  row(
    '100,000 files of 1 kB',
    `${s(b.seconds)} s, ${b.megabytes} MB of memory`,
    `${ratio(b.seconds / 10, a.seconds)} per file of 10,000 (${s(a.seconds)} s)`,
    '1.3; 400 MB',
  );
}

function largeRun(): void {
  const tree = join(work, 'large');
  mkdirSync(tree);
  makeTree(tree, 400, 10 << 20);
  const { seconds, megabytes } = ours(tree, { cabinets: 'external' });
  row(
    '4 GB in 400 files, cabinets beside',
    `${s(seconds)} s, ${megabytes} MB of memory`,
    '',
    'works; 400 MB',
  );
}

try {
  main(process.argv.slice(2));
} finally {
  rmSync(work, { recursive: true, force: true });
}
