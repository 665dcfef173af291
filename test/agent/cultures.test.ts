import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { whole } from '../extent.ts';
import { agentContract } from './contract.ts';
import { type Evaluator, evaluatorIn } from './parts.ts';
import { ofThisMachine, shell, startAgent } from './real-agent.ts';

/** Letters without a dot, commas in numbers, the calendar of the Hijra, and that of Buddha; the sample has one of letters and one of dates. */
const cultures = whole ? ['tr-TR', 'de-DE', 'ar-SA', 'th-TH'] : ['tr-TR', 'ar-SA'];

/** Slow, and nothing in them depends on a culture. */
const leftOut = ['Invoke-Process', 'Test-Http', 'DetachedProcess'];

/** A copy of the PowerShell on the PATH that knows cultures; undefined: there is none, or no ICU that it could know them from. */
function withCultures(): { folder: string; program: string } | undefined {
  if (shell === undefined || shell.isWindows) return undefined;
  const home = spawnSync(shell.title, ['-NoProfile', '-Command', '$PSHOME'], {
    encoding: 'utf8',
  }).stdout.trim();
  const folder = mkdtempSync(join(tmpdir(), 'oriel-cultures-'));
  cpSync(dirname(realpathSync(join(home, 'pwsh'))), folder, { recursive: true });
  const file = join(folder, 'pwsh.runtimeconfig.json');
  const config = JSON.parse(readFileSync(file, 'utf8'));
  config.runtimeOptions.configProperties['System.Globalization.Invariant'] = false;
  writeFileSync(file, JSON.stringify(config));
  const program = join(folder, 'pwsh');
  if (spawnSync(program, ['-NoProfile', '-Command', '1'], { stdio: 'ignore' }).status === 0)
    return { folder, program };
  rmSync(folder, { recursive: true, force: true });
  return undefined;
}

const copy = withCultures();

if (copy === undefined)
  describe.skip('the agent in other cultures: no pwsh on the PATH, or no ICU', () => {
    it('runs', () => {});
  });
else {
  afterAll(() => rmSync(copy.folder, { recursive: true, force: true }));
  for (const culture of cultures) {
    const name = `${culture.replace('-', '_')}.UTF-8`;
    const environment = { LANG: name, LC_ALL: name };
    const here = ofThisMachine(copy.program);
    agentContract({
      title: `${culture} on PowerShell for Linux`,
      platform: 'linux',
      base: join(tmpdir(), `oriel-contract-${culture}-${process.pid}`),
      leftOut,
      open: async () => (await startAgent(here, { environment })).agent,
    });

    it(`${culture} is the culture of that agent`, async () => {
      const evaluator: Evaluator = await evaluatorIn({
        ...here,
        start: (args) => here.start(args, environment),
      });
      expect(await evaluator.evaluate('[Globalization.CultureInfo]::CurrentCulture.Name')).toEqual([culture]);
      await evaluator.close();
    });
  }
}
