import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { contentDigests, contentOf } from '../../src/components/glance/checks/content.ts';
import { accessOf, imageServices } from '../../src/components/glance/checks/service.ts';
import { loadSite } from '../../src/components/index.ts';
import { imagesClient } from '../../src/openstack/images.ts';
import { startSamba } from '../sandbox/cluster/samba.ts';
import { folderOfShare } from './storage-node.ts';
import type { World } from './world.ts';

const bytes = 3_000_001;

/** Uploads an image through a node, and reads its file with a client of SMB 3 from a server that demands encryption. Gives SHA-256 of both. */
export async function overSmb(world: World): Promise<{ said: string; sent: string; read: string }> {
  const deployment = await loadSite(world.site);
  const [at] = imageServices(deployment);
  if (!at) throw new Error('the site has no image service');
  const client = imagesClient({ access: accessOf(deployment), signal: new AbortController().signal });
  const { id } = await client.create(at, { name: 'over-smb' });
  const place = join(world.folder, 'samba');
  await mkdir(place);
  const samba = await startSamba(place, {
    shares: { images: [`path = ${folderOfShare(world)}`, 'read only = yes'] },
    global: ['server min protocol = SMB3', 'server smb encrypt = required'],
  });
  try {
    const seed = { image: id, format: 'raw' } as const;
    await client.upload(at, id, { bytes, chunks: () => contentOf(seed, bytes) });
    const said = samba.ask(`get ${id} read-back`);
    const data = await readFile(join(place, 'read-back'));
    const sent = contentDigests(seed, bytes, ['sha256']).hashes.sha256 ?? '';
    return { said, sent, read: createHash('sha256').update(data).digest('hex') };
  } finally {
    await samba.close();
    await client.remove(at, id);
  }
}
