import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';

const site = 'examples/demo/site.yaml';

interface Verified {
  readonly ok: boolean;
  readonly checks: readonly {
    readonly check: string;
    readonly node: string;
    readonly ok: boolean;
    readonly facts: Readonly<Record<string, unknown>>;
  }[];
}

/** Runs one verb as a user would: its progress on the terminal, its result returned. Ends the demo when it fails. */
async function oriel(...args: readonly string[]): Promise<string> {
  process.stderr.write(`\n$ oriel ${args.join(' ')}\n`);
  const child = spawn(process.execPath, ['dist/oriel.cjs', ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString('utf8');
  });
  const code = await new Promise<number>((resolve) => child.on('close', (exit) => resolve(exit ?? 1)));
  if (code === 0) return output;
  process.stdout.write(output);
  process.stderr.write(`demo: oriel ${args[0]} ended with exit code ${code}\n`);
  process.exit(1);
}

async function demo(): Promise<void> {
  const started = Date.now();
  await oriel('sandbox', 'up', '--with', 'keystone,mariadb');
  process.stdout.write(await oriel('validate', site));
  const artifact = JSON.parse(await oriel('build', site, '--json'));
  process.stdout.write(await oriel('plan', site));
  process.stdout.write(await oriel('apply', site));
  const verified: Verified = JSON.parse(await oriel('verify', site, '--format', 'json'));
  const { version } = JSON.parse(await readFile('package.json', 'utf8'));
  const lines = [
    '',
    `oriel ${version}: demo, OpenStack 2024.2, done in ${Math.round((Date.now() - started) / 1000)} s`,
    `  package   ${artifact.name}: ${artifact.files} files, ${artifact.bytes} bytes`,
    `  sha256    ${artifact.sha256}`,
    ...verified.checks.map(
      ({ check, node, ok, facts }) => `  ${ok ? 'ok ' : 'BAD'}       ${node} ${check} ${describe(facts)}`,
    ),
    '',
    'The nodes keep running: `make down` ends them, `make demo` again changes nothing.',
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

function describe(facts: Readonly<Record<string, unknown>>): string {
  return Object.entries(facts)
    .map(([name, value]) => `${name}=${String(value)}`)
    .join(' ');
}

await demo();
