import { spawn } from 'node:child_process';
import { componentsOf, loadSite } from '../src/components/index.ts';
import { imageList } from './image-list.ts';

/** `VIA=winrm`: over WinRM instead of SSH. */
const site = process.env.VIA === 'winrm' ? 'examples/demo/winrm.yaml' : 'examples/demo/site.yaml';

interface Check {
  readonly check: string;
  readonly node: string;
  readonly evidence: { readonly bytes?: number; readonly sha512?: string };
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
  process.stderr.write(`demo: oriel ${args[0]} ended with exit code ${code}; \`make down\` ends the nodes\n`);
  process.exit(1);
}

async function demo(): Promise<void> {
  const started = Date.now();
  const sandbox = await sandboxUp();
  process.stdout.write(await oriel('validate', site));
  const built = JSON.parse(await oriel('build', site, '--json'));
  process.stdout.write(await oriel('plan', site));
  await oriel('apply', site, '--yes');
  const verified = JSON.parse(await oriel('verify', site, '--format', 'json'));
  const listed = await askCatalogue();
  const seconds = Math.round((Date.now() - started) / 1000);
  const lines = [
    `demo: done in ${seconds} s`,
    `  nodes     ${sandbox.nodes.map(describeNode).join(', ')}`,
    `  release   OpenStack ${verified.release}, Glance ${built.version}`,
    `  package   ${built.name}: ${built.files} files, ${built.bytes} bytes`,
    `  sha256    ${built.sha256}`,
    ...verified.checks.flatMap(describeRead),
    `  catalogue ${listed}`,
    ...sandbox.notes.map((note) => `  note      ${note}`),
    'The nodes keep running: `make demo` again changes nothing, `make down` ends them.',
  ];
  process.stdout.write(`\n${lines.join('\n')}\n`);
}

interface Sandbox {
  readonly nodes: readonly (Record<'name' | 'address' | 'platform', string> & {
    readonly powershell?: string;
  })[];
  readonly services: readonly { readonly name: string }[];
  readonly notes: readonly string[];
}

/** Nodes with Wine need a MariaDB; where there is none, simulated ones do with SQLite. */
async function sandboxUp(): Promise<Sandbox> {
  const up = ['sandbox', 'up', '--with', 'keystone,mariadb', '--json'];
  const sandbox: Sandbox = JSON.parse(await oriel(...up));
  const served = sandbox.services.some(({ name }) => name === 'mariadb');
  if (served || sandbox.nodes.every(({ platform }) => platform === 'simulated')) return sandbox;
  await oriel('sandbox', 'down', '--purge');
  return JSON.parse(await oriel(...up, '--simulated'));
}

/** What an OpenStack client is told that knows nothing but Keystone. */
async function askCatalogue(): Promise<string> {
  const deployment = await loadSite(site);
  const [identity] = componentsOf(deployment).flatMap(({ endpoints }) => endpoints?.(deployment) ?? []);
  if (!identity) return 'not asked: the site has no administrator of Keystone';
  const { keystone, admin } = identity;
  const [endpoint, ...images] = await imageList(keystone.authUrl, admin.password.reveal());
  return `images are at ${endpoint}, which lists ${images.filter(Boolean).length}`;
}

function describeNode({ name, address, platform, powershell }: Sandbox['nodes'][number]): string {
  return `${name} (${address}, ${powershell === undefined ? platform : `PowerShell ${powershell} in Wine`})`;
}

function describeRead({ check, node, evidence }: Check): readonly string[] {
  const [, kind, from] = check.split('/');
  if (kind !== 'read') return [];
  return [
    `  image     ${evidence.bytes} bytes up through ${from}, back through ${node}: sha512 ${evidence.sha512}`,
  ];
}

await demo();
