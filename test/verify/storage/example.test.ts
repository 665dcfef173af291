import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { componentsOf, loadSite } from '../../../src/components/index.ts';
import { reveal } from '../../../src/secret.ts';
import { storageChecks } from '../../../src/verify/checks/storage/index.ts';
import { runChecks } from '../../../src/verify/run-checks.ts';
import { aSimulatedNode, temporaryFolder } from '../../sandbox/stand-ins.ts';
import { standInSession } from './stand-in-session.ts';

const { folder, remove } = await temporaryFolder();
afterAll(remove);

it.each(['examples/demo/site.yaml'])(
  'of %s every check passes on a healthy storage, or is skipped with a reason',
  async (file) => {
    const deployment = await loadSite(file, { secrets: 'placeholder' });
    const components = componentsOf(deployment);
    const sessions = await Promise.all(
      deployment.nodes.map(async (settings) => {
        const place = join(folder, `${dirname(file).replaceAll('/', '-')}-${settings.name}`);
        await mkdir(place, { recursive: true });
        const node = {
          ...(await aSimulatedNode(place)),
          name: settings.name,
          computer: settings.name.toUpperCase(),
        };
        for (const { name, content } of components.flatMap((one) => one.files(deployment, settings))) {
          const path = node.backing.hostPath(`C:\\ProgramData\\oriel\\glance\\etc\\${name}`);
          await mkdir(dirname(path), { recursive: true });
          await writeFile(path, typeof content === 'string' ? content : reveal(content));
        }
        return [settings.name, standInSession(node)] as const;
      }),
    );
    const uses = components
      .flatMap(({ storage }) => storage?.(deployment) ?? [])
      // No image service runs here.
      .map(({ kept: _, ...use }) => use);
    const checks = storageChecks(deployment, uses);
    const signal = new AbortController().signal;
    const results = await runChecks(checks, { connections: new Map(sessions), emit: () => {}, signal });
    expect(results.length).toBeGreaterThan(40);
    expect(results.filter(({ verdict }) => verdict === 'fail' || verdict === 'warn')).toEqual([]);
    for (const { verdict, message } of results) if (verdict === 'skip') expect(message).toMatch(/\w/);
  },
);
