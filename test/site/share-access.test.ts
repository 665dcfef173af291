import { expect, it } from 'vitest';
import { loadFrom } from './site-folder.ts';

it('gives a share to the computers of the nodes, by the names that Windows has for them', async () => {
  const { shares } = await loadFrom(
    {
      'site.yaml': `extends: base.yaml
storage:
  domain: EXAMPLE
  shares:
    images: { kind: sofs, manage: true, folder: 'C:\\ClusterStorage\\V\\images', access: nodes }
nodes:
  images-in-the-cellar: { address: 10.0.0.13 }
  third: { address: img3.example.org }
  sofs-1: { address: 10.0.0.21, roles: [storage] }
`,
    },
    { secrets: 'placeholder' },
  );
  expect(shares.images?.access).toEqual([
    'EXAMPLE\\GLANCE-1$',
    'EXAMPLE\\GLANCE-2$',
    'EXAMPLE\\IMAGES-IN-THE-C$',
    'EXAMPLE\\IMG3$',
  ]);
});
