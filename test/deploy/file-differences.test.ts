import { describe, expect, it } from 'vitest';
import { driftOf, formats } from '../../src/commands/inspect/drift.ts';
import { withFileDifferences } from '../../src/deploy/file-differences.ts';
import { planGrammar } from '../../src/plan/model/schema.ts';
import { makePlan } from '../../src/plan/observe/make-plan.ts';
import { planHtml } from '../../src/report/pages/plan-html.ts';
import { aDeployment } from '../fixtures/deployment.ts';
import { applyAll, aWorld, conf, password, type World } from '../fixtures/glance-on-fakes.ts';

const deployment = aDeployment().withNode('glance-1').withNode('glance-2').build();

async function seen(change: (world: World) => void) {
  const world = await aWorld(deployment);
  await applyAll(world);
  change(world);
  const connections = world.reach();
  const declared = world.declared();
  const plain = await makePlan(deployment, declared, connections, { all: true });
  return { plain, plan: await withFileDifferences(plain, declared, connections) };
}

const path = `glance-2:${conf.replaceAll('\\', '/')}`;

const writes = (node: string, content: string | Buffer) => (world: World) =>
  void world.nodes.get(node)?.files.set(conf, Buffer.from(content));

async function diffOf(change: (world: World) => void): Promise<string> {
  const { plan } = await seen(change);
  return plan.steps.find(({ id }) => id === 'glance-2/glance/file/glance-api.conf')?.diff ?? 'none';
}

describe('the lines that change', () => {
  it('are in the plan and in what is printed of it, without secrets', async () => {
    const old = 'an older password of ours';
    const { plain, plan } = await seen(writes('glance-2', `workers = 7\r\npassword = ${old}\r\n`));
    const changed = plan.steps.filter(({ diff }) => diff !== undefined);
    expect(changed.map(({ id }) => id)).toEqual(['glance-2/glance/file/glance-api.conf']);
    const lines = [
      `--- ${path}\ton the node`,
      `+++ ${path}\tto be`,
      '@@ -1,2 +1,2 @@',
      ...['-workers = 7', '-password = [secret]', '+workers = 2', '+password = ***', ''],
    ];
    expect(changed[0]?.diff).toBe(lines.join('\n'));
    const found = driftOf(plan);
    const printed = [
      formats.human(plan, found),
      formats.json(plan, found),
      formats.junit(plan, found),
      planHtml(plan),
    ];
    for (const text of printed) {
      expect(text).toContain('workers = 7');
      expect(text).not.toContain(old);
      expect(text).not.toContain(password);
    }
    expect(formats.human(plan, found, { colours: true })).toContain('\u001b[31m-workers = 7\u001b[0m');
    expect(planGrammar.parse(plan)).toEqual(plan);
    expect(planGrammar.parse(plain)).toEqual(plain);
  });

  it('are all of a file that is missing', async () => {
    const diff = await diffOf((world) => void world.nodes.get('glance-2')?.files.delete(conf));
    expect(diff).toMatch(/^--- \/dev\/null\n\+\+\+ glance-2:/);
    expect(diff).toContain('+workers = 2\n');
  });

  it.each([
    ['no text', Buffer.from([0x61, 0, 0x62]), 'on the node it is no text'],
    ['not UTF-8', Buffer.from([0xff, 0xfe, 0x62]), 'on the node it is not UTF-8'],
    ['too long', Buffer.alloc(300_000, 'x\n'), 'on the node it has more than 256 KiB'],
  ])('are not shown of what is %s', async (_, bytes, reason) => {
    expect(await diffOf(writes('glance-2', bytes))).toMatch(new RegExp(`^Files .* differ: ${reason}\n$`));
  });

  it('show nothing that a terminal acts on', async () => {
    const { plan } = await seen(writes('glance-2', 'workers = \u001b[2J7\n'));
    expect(formats.human(plan, driftOf(plan))).toContain('-workers = \\u001b[2J7');
  });
});
