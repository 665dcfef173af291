import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { buildSync } from 'esbuild';
import type { Figure } from './figure.ts';

const upgradeCode = '2E44C2B0-7B3D-4D19-8B5E-0A1C8F9D7E60';

export function filesOf(tree: string): { source: string; target: string }[] {
  return readdirSync(tree, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/[. ]$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((source) => ({ source, target: relative(tree, source) }));
}

/** Our compiler in a process of its own, as one file of JavaScript, like the program that users have. */
export function oriel(work: string) {
  const program = join(work, 'build-tree.cjs');
  const entry = new URL('build-tree.ts', import.meta.url).pathname;
  buildSync({ entryPoints: [entry], outfile: program, bundle: true, platform: 'node', format: 'cjs' });
  return (tree: string, { cabinets = 'embedded', cache = '' } = {}): Figure => {
    const args = [program, tree, join(work, 'oriel.msi'), cabinets, ...(cache ? [cache] : [])];
    const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    if (!stdout) throw new Error(stderr);
    return JSON.parse(stdout) as Figure;
  };
}

/** wixl-heat and wixl. */
export function wixl(work: string) {
  return (tree: string): Figure => {
    const list = filesOf(tree).map(({ target }) => target);
    writeFileSync(join(work, 'list'), list.sort().join('\n'));
    const product = `<Wix xmlns="http://schemas.microsoft.com/wix/2006/wi"><Product Id="*" Name="B" UpgradeCode="${upgradeCode}" Language="1033" Version="1.0.0" Manufacturer="o"><Package InstallerVersion="200"/><Media Id="1" Cabinet="a.cab" EmbedCab="yes"/><Directory Id="TARGETDIR" Name="SourceDir"><Directory Id="ProgramFiles64Folder"><Directory Id="INSTALLDIR" Name="b"/></Directory></Directory><Feature Id="F" Level="1"><ComponentGroupRef Id="G"/></Feature></Product></Wix>`;
    writeFileSync(join(work, 'product.wxs'), product);
    const heat = `wixl-heat -p '' --component-group G --var var.S --directory-ref INSTALLDIR --win64 < '${work}/list' > '${work}/files.wxs'`;
    // wixl 0.101 finds sources by relative paths only.
    const build = `wixl -a x64 -D S='${relative(resolve(tree, '..'), tree)}' -D Win64=yes -o '${work}/wixl.msi' '${work}/product.wxs' '${work}/files.wxs'`;
    return timed(`${heat} && ${build}`, resolve(tree, '..'), join(work, 'wixl.msi'));
  };
}

/**
 * msi-packager 1.3.0, which npm brings for the time of the benchmark. As it is published it ends with an error on every Node of today: it
 * hands a callback-less write to the file system. That one call is made the synchronous one.
 */
export function msiPackager(work: string) {
  const home = join(work, 'msi-packager');
  mkdirSync(home);
  const install = ['install', '--prefix', home, '--ignore-scripts', '--no-audit', '--no-fund', '--silent'];
  execFileSync('npm', [...install, 'msi-packager@1.3.0'], { stdio: 'inherit' });
  const index = join(home, 'node_modules/msi-packager/index.js');
  writeFileSync(index, readFileSync(index, 'utf8').replace('fs.write(', 'fs.writeSync('));
  writeFileSync(join(home, 'icon.ico'), Buffer.alloc(64));
  return (tree: string): Figure => {
    const parent = resolve(tree, '..');
    const options = {
      ...{ name: 'B', version: '1.0.0', manufacturer: 'o', arch: 'x64', upgradeCode },
      ...{ source: relative(parent, tree), iconPath: relative(parent, join(home, 'icon.ico')) },
      ...{ output: join(work, 'packager.msi'), executable: 'none' },
    };
    const run = `require(${JSON.stringify(index)})(${JSON.stringify(options)}, (error) => { if (error) throw error; })`;
    writeFileSync(join(home, 'run.cjs'), run);
    return timed(`node '${home}/run.cjs'`, parent, options.output);
  };
}

/** Time that a line of shell takes; throws what it wrote when it fails. */
function timed(line: string, cwd: string, out: string): Figure {
  const script = `TIMEFORMAT='%R %U %S'; time { ${line}; }`;
  const { stderr, status } = spawnSync('bash', ['-c', script], { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  const words = (stderr.trim().split('\n').at(-1) ?? '').split(' ').map(Number);
  const [real = 0, user = 0, system = 0] = words;
  return { seconds: real, cpu: user + system, bytes: statSync(out).size };
}
