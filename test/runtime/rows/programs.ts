import { expect, it } from 'vitest';
import { windowsPaths } from '../../../src/components/glance/paths.ts';
import type { Rows } from '../acceptance.ts';
import { send } from '../client.ts';

const metadefs = `${windowsPaths.install}\\python\\lib\\site-packages\\etc\\glance\\metadefs`;

export const programRows: Rows = (node) => {
  it('loads the metadata definitions of its release', async () => {
    const ended = await node().run('glance-manage', ['db', 'load_metadefs', metadefs]);
    expect(ended, ended.stderr.slice(-2000)).toMatchObject({ exitCode: 0 });
    const { body } = await send(node(), 'GET', '/v2/metadefs/namespaces?limit=100');
    const names = JSON.parse(body.toString()).namespaces.map(
      ({ namespace }: { namespace: string }) => namespace,
    );
    expect(names.length).toBeGreaterThanOrEqual(30);
    // Two files hold letters beyond ASCII; they are read as UTF-8.
    expect(names).toContain('OS::Compute::Hypervisor');
  });
};
