import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { extractPackage } from '../../src/msi/read/extract.ts';
import { readMsi } from '../../src/msi/read/read.ts';
import { filesOf, msiPackager, oriel, wixl } from './compilers.ts';
import { type Figure, inTurn } from './figure.ts';
import { makeTree, multiply } from './trees.ts';

const work = mkdtempSync(join(process.env.ORIEL_BENCHMARK ?? tmpdir(), 'oriel-benchmark-'));
const ours = oriel(work);
const say = (line: string) => process.stdout.write(`${line}\n`);
const row = (...cells: string[]) => say(`| ${cells.join(' | ')} |`);
const seconds = (value: number) => value.toFixed(1);
const ratio = (a: number, b: number) => (a / b).toFixed(2);

function against(name: string, target: string, mine: Figure, theirs: Figure): void {
  const wall = `${seconds(mine.seconds)} s against ${seconds(theirs.seconds)} s`;
  const cpu = `${seconds(mine.cpu)} s against ${seconds(theirs.cpu)} s`;
  row(name, `${wall}; processor ${cpu}`, ratio(mine.seconds, theirs.seconds), target);
  row(`${name}: size`, `${mine.bytes} against ${theirs.bytes}`, ratio(mine.bytes, theirs.bytes), '0.95');
}

function payloadRun(tree: string): void {
  const [theirs, packager] = [wixl(work), msiPackager(work)];
  const [a, b, c] = inTurn(
    5,
    () => ours(tree),
    () => theirs(tree),
    () => packager(tree),
  );
  const name = `${filesOf(tree).length} files of the payload`;
  against(`${name}, wixl`, '0.4', a, b);
  against(`${name}, msi-packager`, '', a, c);
}

function manyRun(payload: string): void {
  const tree = join(work, 'many');
  multiply(filesOf(payload), tree, 23_500);
  const theirs = wixl(work);
  const [a, b] = inTurn(
    2,
    () => ours(tree),
    () => theirs(tree),
  );
  against('23,500 files, wixl', '0.3', a, b);
  rmSync(tree, { recursive: true });
}

/** One file changed, everything else from the cache. */
function cacheRun(payload: string): void {
  const tree = join(work, 'cached');
  multiply(filesOf(payload), tree, filesOf(payload).length);
  const cache = join(work, 'cache');
  ours(tree, { cache });
  const changed = filesOf(tree)[1000]?.source ?? '';
  const change = () => {
    appendFileSync(changed, '# changed\n');
    return ours(tree, { cache });
  };
  const [again, full] = inTurn(5, change, () => ours(tree));
  const same = ours(tree).sha256 === ours(tree, { cache }).sha256;
  const wall = `${seconds(again.seconds)} s against ${seconds(full.seconds)} s for a full build`;
  const cpu = `processor ${seconds(again.cpu)} s against ${seconds(full.cpu)} s`;
  const bytes = same ? 'same bytes' : 'OTHER BYTES';
  row('one file changed, with cache', `${wall}; ${cpu}; ${bytes}`, ratio(again.seconds, full.seconds), '0.3');
}

function smallRun(): void {
  const [ten, hundred] = [join(work, 'ten'), join(work, 'hundred')];
  makeTree(ten, 10_000, 1000);
  makeTree(hundred, 100_000, 1000);
  const [a, b] = inTurn(
    3,
    () => ours(ten),
    () => ours(hundred),
  );
  row(
    '100,000 files of 1 kB',
    `${seconds(b.seconds)} s, processor ${seconds(b.cpu)} s, ${b.megabytes} MB of memory`,
    `${ratio(b.seconds / 10, a.seconds)} per file of 10,000 (${seconds(a.seconds)} s)`,
    '1.3; 400 MB',
  );
}

/** Three cabinets, as one holds 1.9 GB at most; what comes out of them again is compared with the tree. */
function largeRun(): void {
  const [tree, out] = [join(work, 'large'), join(work, 'extracted')];
  mkdirSync(tree);
  makeTree(tree, 400, 10 << 20);
  const { seconds: wall, cpu, megabytes } = ours(tree, { cabinets: 'external' });
  const path = join(work, 'oriel.msi');
  const database = readMsi(path);
  extractPackage(database, path, out);
  const cabinets = database.tables.get('Media')?.rows.length;
  database.close();
  execFileSync('diff', ['-r', tree, join(out, 'ProgramFiles64Folder', 'oriel', 'benchmark')]);
  const figures = `${seconds(wall)} s, processor ${seconds(cpu)} s, ${megabytes} MB of memory`;
  row(
    `4 GB in 400 files, ${cabinets} cabinets beside`,
    `${figures}; extracted: the same`,
    '',
    'works; 400 MB',
  );
}

function main([payload = '', ...only]: string[]): void {
  const wanted = (name: string) => only.length === 0 || only.includes(name);
  const load = () => loadavg().map((value) => value.toFixed(1));
  say(`${cpus().length} cores, ${cpus()[0]?.model.trim()}, Node ${process.versions.node}; load ${load()}\n`);
  row('work', 'figures', 'ratio', 'target');
  row('---', '---', '---', '---');
  if (wanted('payload')) payloadRun(payload);
  if (wanted('many')) manyRun(payload);
  if (wanted('cache')) cacheRun(payload);
  if (wanted('small')) smallRun();
  if (wanted('large')) largeRun();
  say(`\nload at the end ${load()}`);
}

try {
  main(process.argv.slice(2));
} finally {
  rmSync(work, { recursive: true, force: true });
}
