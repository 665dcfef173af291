import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keystone, mysql } from '../charm/model/charms.ts';
import { addApplication, addRelation, addUnit, aModel, unitNamed } from '../charm/model/model.ts';
import { simulate } from '../charm/model/simulate.ts';
import { runTool, toolNames } from '../charm/model/tools/run-tool.ts';
import type { HookContext } from '../charm/model/tools/tool.ts';
import { whole } from '../extent.ts';
import { randomFrom } from '../fixtures/random.ts';
import { endOf, runOriel } from './oriel.ts';

// A charm as it is built, started by its own dispatch, with hook tools as programs.
const folder = mkdtempSync(join(tmpdir(), 'oriel-charm-hook-'));
const charm = join(folder, 'charm');
const socket = join(folder, 'agent.socket');
let context: HookContext | undefined;

/** A hook tool: sends its words to the agent, and prints what that says. */
const tool = `#!${process.execPath}
const [, file, ...args] = process.argv;
const name = file.split('/').at(-1);
const input = args.includes('-') && args.includes('--file') ? require('node:fs').readFileSync(0, 'utf8') : '';
const link = require('node:net').connect(process.env.JUJU_AGENT_SOCKET_ADDRESS);
let answer = '';
link.on('data', (data) => (answer += data)).on('end', () => {
  const { exitCode, stdout, stderr } = JSON.parse(answer);
  process.stdout.write(stdout);
  process.stderr.write(stderr);
  process.exitCode = exitCode;
});
link.write(JSON.stringify({ name, args, input }) + '\\n');
`;

const agent = createServer((link) => {
  let asked = '';
  link.on('data', (data) => {
    asked += data;
    if (!asked.endsWith('\n') || !context) return;
    const { name, args, input } = JSON.parse(asked);
    link.end(JSON.stringify(runTool(context, name, args, input)));
  });
});

beforeAll(async () => {
  const { code, stderr } = await runOriel(['charm', 'build', 'glance', '--out', folder], folder);
  expect([code, stderr]).toEqual([0, expect.anything()]);
  const files = unzipSync(readFileSync(join(folder, 'glance-windows_proxy.charm')));
  for (const [name, bytes] of Object.entries(files)) {
    if (name.endsWith('/')) continue;
    mkdirSync(dirname(join(charm, name)), { recursive: true });
    writeFileSync(join(charm, name), bytes);
  }
  for (const name of ['dispatch', 'oriel/hook']) chmodSync(join(charm, name), 0o755);
  mkdirSync(join(folder, 'tools'));
  for (const name of toolNames) writeFileSync(join(folder, 'tools', name), tool, { mode: 0o755 });
  await new Promise<void>((done) => agent.listen(socket, done));
});
afterAll(async () => {
  agent.close();
  await rm(folder, { recursive: true });
});

test('a charm as it is built runs its hooks and an action', async () => {
  const application = 'glance-windows';
  const model = aModel();
  addApplication(model, application, { config: { 'windows-user': 'oriel' } });
  for (const other of ['mysql', 'keystone']) {
    addApplication(model, other);
    addUnit(model, other);
  }
  addRelation(model, 'glance-ha', `${application}:cluster`);
  const id = addRelation(model, 'mysql-shared', `${application}:shared-db`, 'mysql:shared-db');
  const unit = addUnit(model, application).name;
  const { deliver } = simulate(model, {
    application,
    others: { mysql, keystone },
    random: randomFrom(1),
    async run(given, environment) {
      context = given;
      const env = {
        ...environment,
        PATH: `${join(folder, 'tools')}:${dirname(process.execPath)}:/usr/bin:/bin`,
        JUJU_AGENT_SOCKET_ADDRESS: socket,
        JUJU_CHARM_DIR: charm,
        JUJU_CONTEXT_ID: 'a-context',
      };
      const child = spawn('./dispatch', [], { cwd: charm, env, stdio: ['ignore', 'pipe', 'pipe'] });
      const { code, stdout, stderr } = await endOf(child);
      unitNamed(model, given.unit).log.push(stdout, stderr);
      return code;
    },
  });
  expect(await deliver(unit, { kind: 'install' }), unitNamed(model, unit).log.join('\n')).toBe(0);
  expect(unitNamed(model, unit).status.message).toMatch(/^relation shared-db is missing \(and \d more\)$/);
  const action = { name: 'verify', parameters: {}, results: {}, messages: [], failed: '' };
  expect(await deliver(unit, { kind: 'action', action })).toBe(0);
  expect(action.failed).toMatch(/^relation shared-db is missing/);
  // Each hook starts some dozens of programs.
  if (!whole) return;
  await deliver(unit, { kind: 'created', relation: 'cluster:0' });
  await deliver(unit, { kind: 'created', relation: id });
  Object.assign(model.applications[application]?.config ?? {}, { 'windows-nodes': 'hv-01=10.0.0.11' });
  await deliver(unit, { kind: 'config-changed' });
  expect(unitNamed(model, unit).status.message).toMatch(/^relation identity-service is missing/);
  expect(model.relations[id]?.bags[unit]).toMatchObject({ hostname: '["10.0.0.11"]' });
});
