import { cpSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from '../../src/program.ts';

export interface Said {
  readonly code: number;
  /** What went to both outputs. */
  readonly text: string;
}

/** Runs a command line as cli.ts does; nobody sits at the terminal. */
export async function oriel(...argv: readonly string[]): Promise<Said> {
  const said: string[] = [];
  const say = (text: string) => void said.push(text);
  const code = await runProgram(argv, {
    writeOut: say,
    writeErr: say,
    within: (_, action) =>
      action({ print: say, emit: (fact) => say(JSON.stringify(fact)), interactive: false }),
  });
  return { code, text: said.join('\n') };
}

/** A folder with a site, a product and its package. */
export function workspace(root: string): string {
  const folder = mkdtempSync(join(root, 'work-'));
  process.env.ORIEL_CACHE = join(folder, 'cache');
  for (const file of ['policy.yaml', 'property-protections.conf'])
    cpSync(`test/cases/render/${file}`, join(folder, file));
  writeFileSync(
    join(folder, 'site.yaml'),
    `name: images
release: "2024.2"
storage: { shares: { images: { path: '\\\\SOFS1\\images', manage: false } } }
components:
  glance:
    database: { connection: 'sqlite:///C:/ProgramData/oriel/glance/glance.sqlite' }
    policy: { file: policy.yaml }
nodes:
  defaults: { via: ssh, user: oriel, ssh_config: none, port: 1 }
  glance-1: { address: 127.0.0.1 }
`,
  );
  writeFileSync(
    join(folder, 'product.yaml'),
    `name: Probe
manufacturer: Example Ltd
version: 1.0.0
upgradeCode: "{11111111-2222-4333-8444-555555555555}"
installDirectory: Example\\Probe
files: [{ source: a.txt }]
`,
  );
  writeFileSync(join(folder, 'a.txt'), 'a line of text\n'.repeat(5000));
  return folder;
}
