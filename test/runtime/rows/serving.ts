import { createHash, randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Rows } from '../acceptance.ts';
import { createImage, imageOf, send } from '../client.ts';

export const servingRows: Rows = (node) => {
  it('is installed and serves with a parent and three workers, and says once what was repaired', () => {
    expect(
      node()
        .log()
        .match(/repairs for Windows: .*hand_over_listening_socket/g),
    ).toHaveLength(1);
    expect(node().pythons()).toHaveLength(4);
  });

  it('stores 200 MB on the share and gives them back', async () => {
    const data = randomBytes(200 << 20);
    const id = await createImage(node(), 'Ünïcode €');
    expect(await send(node(), 'PUT', `/v2/images/${id}/file`, data)).toMatchObject({ status: 204 });
    expect((await send(node(), 'GET', `/v2/images/${id}/file`)).body.equals(data)).toBe(true);
    expect(await imageOf(node(), id)).toMatchObject({
      name: 'Ünïcode €',
      status: 'active',
      size: data.length,
      checksum: createHash('md5').update(data).digest('hex'),
      os_hash_algo: 'sha512',
      os_hash_value: createHash('sha512').update(data).digest('hex'),
    });
    expect(statSync(join(node().share, id)).size).toBe(data.length);
    expect(await send(node(), 'DELETE', `/v2/images/${id}`)).toMatchObject({ status: 204 });
  });
};
