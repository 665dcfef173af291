import { statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { InvalidArgumentError, Option } from 'commander';
import type { MsiArtifact } from '../../artifact.ts';
import type { Context } from '../../deploy/context.ts';
import { InputError, InternalError } from '../../errors.ts';
import { buildMsi } from '../../msi/build/build.ts';
import type { MsiModel } from '../../msi/model/model.ts';
import { cacheDirectory } from '../../payload/cache/cache.ts';
import { loadProduct } from '../../product/load.ts';
import { productLanguages } from '../../product/outline.ts';
import { each, formatted } from '../command-line/options.ts';
import type { Verb } from '../command-line/verb.ts';

const help = `
Examples:
  oriel msi build examples/clock/product.yaml
  oriel msi build product.yaml --set version=1.4.0 --out dist/product.msi
  oriel schema --product > product.schema.json             for editors; docs/reference/packages/product-file.md has every key`;

interface Flags {
  readonly out?: string;
  readonly set?: readonly string[];
  readonly level?: number;
  readonly cabinets: 'embedded' | 'external';
  readonly json?: true;
}

/** `oriel msi build`: makes the package of any product from its file. */
export const msiBuild: Verb = (program, run) => {
  const group = program.commands.find((command) => command.name() === 'msi');
  if (!group) throw new InternalError('the verb msi has to be there before msi build');
  formatted(group.command('build'))
    .description('build a package from a product file')
    .argument('<product>', 'product file')
    .option(
      '--out <path>',
      'file or folder to write to; default: dist/NAME-VERSION.msi beside the product file',
    )
    .option('--set <name=value>', 'another value for a variable of the product file; may be repeated', each)
    .option('--level <number>', 'compression, 0 (none) to 9; default 5', level)
    .addOption(
      new Option('--cabinets <where>', 'files inside the package, or beside it (needed above 2 GB)')
        .choices(['embedded', 'external'])
        .default('embedded'),
    )
    .addHelpText('after', help)
    .action((product: string, flags: Flags) => run((context) => buildProduct(product, flags, context)));
};

async function buildProduct(product: string, flags: Flags, { print, emit }: Context): Promise<number> {
  const set = assignments(flags.set ?? []);
  const artifacts: MsiArtifact[] = [];
  for (const language of await productLanguages(product)) {
    const model = await loadProduct(product, set, {}, language);
    artifacts.push(await buildOne(product, model, flags, emit));
  }
  const [only] = artifacts;
  const written = artifacts.length === 1 ? only : artifacts;
  print(flags.json ? JSON.stringify(written, undefined, 2) : artifacts.map(describe).join('\n'));
  return 0;
}

function buildOne(
  product: string,
  model: MsiModel,
  flags: Flags,
  emit: Context['emit'],
): Promise<MsiArtifact> {
  const folder = join(dirname(resolve(product)), 'dist', '/');
  const out = inLanguage(placeOf(flags.out ?? folder, `${baseName(model)}.msi`), model);
  const cache = join(cacheDirectory(), 'blocks');
  const { level, cabinets } = flags;
  return buildMsi(model, out, {
    emit,
    cache,
    cabinets,
    ...(level !== undefined && { level }),
  });
}

/** One package a language: `clock-1.0.0.msi`, and `clock-1.0.0-de.msi`. */
function inLanguage(path: string, { ui }: MsiModel): string {
  const end = ui && ui.language !== 'en' ? `-${ui.language}` : '';
  return path.replace(/(\.msi)?$/i, (extension) => `${end}${extension}`);
}

/** A folder, or what ends like one, takes the default name in it. */
function placeOf(out: string, name: string): string {
  const isFolder = /[\\/]$/.test(out) || statSync(out, { throwIfNoEntry: false })?.isDirectory();
  return isFolder ? join(out, name) : out;
}

function assignments(texts: readonly string[]): Readonly<Record<string, string>> {
  const pairs = texts.map((text) => {
    const [, name, value = ''] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
    if (name === undefined)
      throw new InputError([{ message: `--set ${text}: it must be a name, \`=\` and a value` }]);
    return [name, value] as const;
  });
  return Object.fromEntries(pairs);
}

function level(text: string): number {
  if (/^\d$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be a number from 0 to 9.');
}

/** `Example Clock 1.2.3` -> `example-clock-1.2.3`. */
function baseName({ name, version }: MsiModel): string {
  const plain = name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-');
  return `${plain.replace(/^-|-$/g, '') || 'product'}-${version}`;
}

function describe({ path, bytes, files, sha256, productCode }: MsiArtifact): string {
  const size = `${(bytes / 1e6).toFixed(1)} MB, ${files} ${files === 1 ? 'file' : 'files'}`;
  return `${path}: built, ${size}\nproduct code ${productCode}\nsha256 ${sha256}`;
}
