import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import type { Rows } from '../acceptance.ts';
import { createImage, imageOf, send } from '../client.ts';
import { download, importEnds, remove } from '../images.ts';
import type { GlanceNode } from '../node.ts';
import { importPort, secondFolder } from '../site.ts';

export const importRows: Rows = (node) => {
  it('imports what was staged into two stores, and leaves nothing where it was staged', async () => {
    const data = randomBytes(8 << 20);
    const id = await createImage(node(), 'Bild ü 日本');
    expect(await send(node(), 'PUT', `/v2/images/${id}/stage`, data)).toMatchObject({ status: 204 });
    const wanted = { method: { name: 'glance-direct' }, stores: ['images', 'second'] } as const;
    await importEnds(node(), id, wanted, 'success');
    const os_hash_value = createHash('sha512').update(data).digest('hex');
    expect(await imageOf(node(), id)).toMatchObject({
      ...{ status: 'active', stores: 'images,second', name: 'Bild ü 日本', os_hash_value },
    });
    for (const file of filesOf(node(), id)) expect(readFileSync(file).equals(data)).toBe(true);
    expect(staged(node())).toEqual([]);
    const found = await send(node(), 'GET', `/v2/images?name=${encodeURIComponent('Bild ü 日本')}`);
    expect(JSON.parse(found.body.toString()).images).toMatchObject([{ id }]);
    expect(await remove(node(), id)).toMatchObject({ status: 204 });
    for (const file of filesOf(node(), id)) expect(existsSync(file)).toBe(false);
  });

  it('imports from a web server, and copies to another store', async () => {
    const data = randomBytes(8 << 20);
    const id = await createImage(node(), 'from the web');
    const server = createServer((_, answer) => answer.end(data));
    await new Promise<void>((done) => server.listen(importPort, node().host, done));
    try {
      const uri = `http://${node().host}:${importPort}/image.raw`;
      const web = { method: { name: 'web-download', uri }, stores: ['images'] } as const;
      await importEnds(node(), id, web, 'success');
      expect(await imageOf(node(), id)).toMatchObject({
        status: 'active',
        stores: 'images',
        size: data.length,
      });
    } finally {
      server.closeAllConnections();
      server.close();
    }
    await importEnds(node(), id, { method: { name: 'copy-image' }, stores: ['second'] }, 'success');
    expect(await imageOf(node(), id)).toMatchObject({ status: 'active', stores: 'images,second' });
    for (const file of filesOf(node(), id)) expect(readFileSync(file).equals(data)).toBe(true);
    expect(staged(node())).toEqual([]);
    expect(await remove(node(), id)).toMatchObject({ status: 204 });
  });

  it('fills the cache with the first download, and serves the next from it', async () => {
    const data = randomBytes(4 << 20);
    const id = await createImage(node(), 'cached');
    await send(node(), 'PUT', `/v2/images/${id}/file`, data);
    const cached = node().path(`C:\\ProgramData\\oriel\\glance\\cache\\${id}`);
    for (let round = 0; round < 2; round++) {
      expect((await download(node(), id)).body.equals(data)).toBe(true);
      await expect.poll(() => existsSync(cached)).toBe(true);
    }
    expect(await remove(node(), id)).toMatchObject({ status: 204 });
    expect(existsSync(cached)).toBe(false);
  });
};

/** Bytes: more than a signed and less than an unsigned number of 32 bits holds. */
const large = 2200 * 2 ** 20;

/** For one release: it is the same code in all, and writes more than all other rows together. */
export const largeImageRow: Rows = (node) => {
  it('takes a sparse image of 2.2 GiB, and gives back what is beyond 2 GiB', async () => {
    const id = await createImage(node(), 'large');
    const end = randomBytes(2 ** 20);
    const zeros = Buffer.alloc(2 ** 20);
    const body = Readable.from(
      (function* () {
        for (let sent = 0; sent < large - end.length; sent += zeros.length) yield zeros;
        yield end;
      })(),
    );
    const headers = { 'X-Image-Meta-Store': 'second' };
    expect(await send(node(), 'PUT', `/v2/images/${id}/file`, body, headers)).toMatchObject({ status: 204 });
    expect(await imageOf(node(), id)).toMatchObject({ status: 'active', size: large });
    expect(statSync(join(node().path(secondFolder), id)).size).toBe(large);
    const range = { Range: `bytes=${large - end.length}-${large - 1}` };
    const part = await send(node(), 'GET', `/v2/images/${id}/file`, undefined, range);
    expect(part.status).toBe(206);
    expect(part.body.equals(end)).toBe(true);
    expect(await remove(node(), id)).toMatchObject({ status: 204 });
  });
};

function filesOf(node: GlanceNode, id: string): readonly string[] {
  return [join(node.share, id), join(node.path(secondFolder), id)];
}

function staged(node: GlanceNode): readonly string[] {
  const folder = node.path('C:\\ProgramData\\oriel\\staging\\images');
  return existsSync(folder) ? readdirSync(folder) : [];
}
