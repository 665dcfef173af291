import { loadSite } from '../components/index.ts';
import { SiteError } from '../errors.ts';
import { onInterrupt } from '../plan/interrupt.ts';
import { onlyNodes } from '../plan/only-nodes.ts';
import { junit } from '../report/junit.ts';
import { table } from '../report/table.ts';
import type { Deployment } from '../site/deployment.ts';
import { bytesOf, sizePattern } from '../site/units.ts';
import { type CheckResult, verify as verifyImages } from '../verify/verify.ts';
import { type Context, each, identityOf, imageTargets, oneOf, type Verb, warn } from './command.ts';

interface Flags {
  readonly size?: string;
  readonly format: 'human' | 'json' | 'junit';
  readonly node?: readonly string[];
}

const help = `
Each node takes an image, every other one gives it back; size and both checksums are compared; the image is deleted.
Exit code 1 when a check is red.

Examples:
  oriel verify site.yaml --size 64MiB
  oriel verify site.yaml --format junit > verify.xml`;

/** `oriel verify`: proves from outside that the image service works on its storage, through every node. */
export const verify: Verb = (program, run) => {
  program
    .command('verify')
    .description('prove that the service works: upload, read through the other nodes, compare, delete')
    .argument('<site>', 'site file')
    .option('--size <size>', 'size of each image, `8MiB`; default: rollout.health.upload')
    .addOption(oneOf('--format <format>', 'how to print the result', ['human', 'json', 'junit'], 'human'))
    .option('--node <name>', 'only this node; may be repeated', each)
    .addHelpText('after', help)
    .action((site: string, flags: Flags) => run((context) => verifySite(site, flags, context)));
};

async function verifySite(
  site: string,
  { size, format, node }: Flags,
  { print, emit }: Context,
): Promise<number> {
  const deployment = onlyNodes(await loadSite(site), node);
  warn(deployment, emit);
  const bytes = size === undefined ? deployment.rollout.health.upload : parseSize(size);
  const { stop, abort, release } = onInterrupt(emit);
  try {
    const results = await verifyImages({
      targets: imageTargets(deployment),
      identity: await identityOf(deployment, abort),
      bytes,
      emit,
      signal: stop,
    });
    print(formats[format](deployment, results));
    return results.every(({ ok }) => ok) ? 0 : 1;
  } finally {
    release();
  }
}

function parseSize(size: string): number {
  if (sizePattern.test(size)) return bytesOf(size);
  throw new SiteError([{ message: `--size ${size} is no size`, hint: 'write it as 65536, 512KiB or 8MiB' }]);
}

type Format = (deployment: Deployment, results: readonly CheckResult[]) => string;

const formats: Readonly<Record<Flags['format'], Format>> = {
  human(_, results) {
    const red = results.filter(({ ok }) => !ok);
    if (red.length === 0) return `verify: ${results.length} checks, all ok`;
    const rows = red.map(({ node, check, message }) => ['BAD', node, check, message]);
    return `${table(rows)}\nverify: ${red.length} of ${results.length} checks are red`;
  },
  json({ name, release }, results) {
    const checks = results.map(({ kind: _, ...check }) => check);
    return JSON.stringify({ deployment: name, release, ok: results.every(({ ok }) => ok), checks }, null, 2);
  },
  junit: ({ name }, results) => junit(`oriel verify ${name}`, results),
};
