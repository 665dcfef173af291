import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { run } from '../src/process.ts';

// The recipes of CONTRIBUTING.md, followed in a copy of the sources: each place is one file or one folder.
const root = join(import.meta.dirname, '..');
const copy = mkdtempSync(join(tmpdir(), 'oriel-recipes-'));
afterAll(() => rmSync(copy, { recursive: true, force: true }));
for (const part of ['src', 'scripts', 'templates', 'agent', 'examples', 'package.json', 'tsconfig.json'])
  cpSync(join(root, part), join(copy, part), { recursive: true });
for (const part of ['msi', 'node_modules']) symlinkSync(join(root, part), join(copy, part));

const glance = 'src/components/glance';

/** Adds lines behind the first line of a file that holds `after`. */
function insert(file: string, after: string, ...lines: readonly string[]): string {
  const text = readFileSync(join(copy, file), 'utf8').split('\n');
  const at = text.findIndex((line) => line.includes(after));
  expect(at, `${file} has ${after}`).toBeGreaterThanOrEqual(0);
  text.splice(at + 1, 0, ...lines);
  writeFileSync(join(copy, file), text.join('\n'));
  return file;
}

function create(file: string, text: string): string {
  mkdirSync(dirname(join(copy, file)), { recursive: true });
  writeFileSync(join(copy, file), text);
  return file;
}

/** What a program of the copy prints; its errors are part of a failed expectation. */
async function program(...args: readonly string[]): Promise<string> {
  const env = { ...process.env, ORIEL_DATABASE_PASSWORD: 'one', ORIEL_KEYSTONE_PASSWORD: 'two' };
  const { stdout, stderr, exitCode } = await run(join(root, 'node_modules/.bin/tsx'), args, {
    cwd: copy,
    env,
  });
  expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
  return stdout;
}

describe('a copy of the sources', { timeout: 120_000 }, () => {
  test('gets a site option in at most three places', async () => {
    const places = [
      insert(
        `${glance}/site/grammar.ts`,
        'API processes on each node',
        "  tag_quota: z.int().default(128).describe('Tags that an image may have'),",
      ),
      insert(
        `${glance}/render/model.ts`,
        'bindPort: String(glance.bind.port)',
        '    tagQuota: String(glance.tagQuota),',
      ),
      insert(
        'templates/glance/glance-api.conf.hbs',
        'bind_port = {{bindPort}}',
        'image_tag_quota = {{tagQuota}}',
      ),
    ];
    expect(places.length).toBeLessThanOrEqual(3);
    insert('examples/minimal.yaml', '  glance:', '    tag_quota: 64');
    const [site, page] = ['examples/minimal.yaml', 'out'];
    await program('src/cli.ts', 'render', site, '--out', page);
    expect(readFileSync(join(copy, page, 'glance-1/glance-api.conf'), 'utf8')).toContain(
      'image_tag_quota = 64',
    );
    expect(await program('src/cli.ts', 'schema', '--markdown')).toContain(
      '| `tag_quota` | whole number | `128` | Tags that an image may have |',
    );
  });

  test('gets a kind of resource in two places: its folder, and the list of kinds', async () => {
    const folder = 'src/resources/greeting';
    create(
      `${folder}/resource.ts`,
      `import type { AgentResults } from '../../session/agent-link/agent-calls.ts';
import type { Resource } from '../model/resource.ts';

export interface Greeting {
  readonly path: string;
}

export const greeting: Resource<Greeting> = {
  kind: 'greeting',
  desired: () => ({ exists: true }),
  observe: ({ path }) => [{ call: 'Get-FileState', path }],
  read: (_, [result]) => ({ exists: (result as AgentResults['Get-FileState']).kind === 'file' }),
  change: ({ path }) => [
    { do: 'call', description: 'writes it', call: { call: 'Set-File', path, content: '' } },
  ],
};
`,
    );
    create(
      `${folder}/reference.ts`,
      `import type { Reference } from '../model/reference.ts';
import type { Greeting } from './resource.ts';

export const greetingReference: Reference<Greeting> = {
  about: 'A greeting.',
  spec: { path: 'path on the node' },
  observed: { exists: 'whether it exists' },
  examples: [{ path: 'C:\\\\hello.txt' }],
};
`,
    );
    const registry = 'src/resources/index.ts';
    insert(registry, 'export const kinds', '  greeting: kind(greeting, greetingReference),');
    insert(registry, '/file/resource.ts', "import { greeting } from './greeting/resource.ts';");
    insert(registry, '/file/resource.ts', "import { greetingReference } from './greeting/reference.ts';");
    expect([folder, registry]).toHaveLength(2);
    create(
      'scripts/page.ts',
      "import { resourceReference } from './check/resource-reference.ts';\nconsole.log(resourceReference());\n",
    );
    const page = await program('scripts/page.ts');
    expect(page).toContain('## greeting\n\nA greeting.\n');
    expect(page).toContain('`Set-File`');
  });

  test('gets a verb in two places: its file, and the list of verbs', async () => {
    const file = create(
      'src/commands/site/greet.ts',
      `import type { Verb } from '../command-line/verb.ts';

export const greet: Verb = (program, run) => {
  program
    .command('greet')
    .description('greet somebody')
    .argument('<name>', 'who')
    .action((name: string) =>
      run(async ({ print }) => {
        print(\`hello \${name}\`);
        return 0;
      }),
    );
};
`,
    );
    const registry = 'src/commands/index.ts';
    const entry = "  { name: 'greet', load: async () => (await import('./site/greet.ts')).greet },";
    insert(registry, 'export const verbs', entry);
    expect([file, registry]).toHaveLength(2);
    expect(await program('src/cli.ts', 'greet', 'Ada')).toBe('hello Ada\n');
    expect(await program('src/cli.ts', '--help')).toMatch(/^ {2}greet .*greet somebody$/m);
  });

  test('gets a check in two places: its file, and the list of checks of its component', async () => {
    const file = create(
      `${glance}/checks/greeting.ts`,
      `import type { NodeSettings } from '../../../site/deployment.ts';
import { type Check, checkId, pass } from '../../../verify/check.ts';

export function greetingCheck(node: NodeSettings): Check {
  return {
    id: checkId(node.name, 'glance', 'greeting'),
    node: node.name,
    title: 'greet the node',
    why: 'A node likes to be greeted.',
    needs: [],
    run: async () => pass('hello'),
  };
}
`,
    );
    const list = `${glance}/checks/index.ts`;
    insert(list, 'workersCheck(deployment, node)', '    ...glanceNodes(deployment).map(greetingCheck),');
    insert(list, "'./round-trip.ts'", "import { greetingCheck } from './greeting.ts';");
    expect([file, list]).toHaveLength(2);
    const listed = await program('src/cli.ts', 'verify', 'examples/minimal.yaml', '--list');
    expect(listed).toContain('glance-1/glance/greeting');
  });
});
