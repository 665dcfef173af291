import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { Rows } from '../acceptance.ts';
import { createImage, imageOf, send, slowly } from '../client.ts';
import { endDatabase, withoutDatabase } from '../database.ts';
import { download, importEnds, remove, storedImage, upload } from '../images.ts';
import type { GlanceNode } from '../node.ts';

const data = Buffer.alloc(1 << 20, 7);
/** What is said while the share is away. */
export const away = { status: 503, text: expect.stringContaining('cannot be reached') };

/** Whoever asks while something is away is told so, the service lives, and works again without a restart. */
export const outageRows: Rows = (node) => {
  it('says that the share is away, forgets no image, and goes on when it is back', async () => {
    const pythons = node().pythons();
    const [kept, waiting, imported] = [
      await storedImage(node(), 'kept', data),
      await createImage(node(), 'waiting'),
      await createImage(node(), 'imported'),
    ];
    const cached = await storedImage(node(), 'cached', data);
    await download(node(), cached);
    await withoutShare(node(), async () => {
      expect((await download(node(), cached)).body.equals(data)).toBe(true);
      expect(await upload(node(), waiting, data)).toMatchObject(away);
      expect(await download(node(), kept)).toMatchObject(away);
      expect(await remove(node(), kept)).toMatchObject(away);
      expect(await imageOf(node(), kept)).toMatchObject({ status: 'active' });
      expect(await imageOf(node(), waiting)).toMatchObject({ status: 'queued' });
      expect(await send(node(), 'PUT', `/v2/images/${imported}/stage`, data)).toMatchObject({ status: 204 });
      const wanted = { method: { name: 'glance-direct' }, stores: ['images', 'second'] } as const;
      await importEnds(node(), imported, wanted, 'failure');
      expect(await imageOf(node(), imported)).toMatchObject({ os_glance_failed_import: 'images' });
    });
    expect(node().pythons()).toEqual(pythons);
    expect((await download(node(), kept)).body.equals(data)).toBe(true);
    expect(await upload(node(), waiting, data)).toMatchObject({ status: 204 });
    for (const id of [kept, waiting, imported, cached])
      expect(await remove(node(), id)).toMatchObject({ status: 204 });
    expect(readdirSync(node().share).filter((name) => [kept, waiting].includes(name))).toEqual([]);
  });

  // Needs a file system of its own; who may not mount one has the rest of the rows.
  it.skipIf(process.getuid?.() !== 0)(
    'says that the share is full or read-only, and goes on when it is not',
    async () => {
      const id = await createImage(node(), 'too large');
      await withSmallShare(node(), async (remount) => {
        const full = { status: 413, text: expect.stringContaining('not enough disk space') };
        expect(await upload(node(), id, Buffer.alloc(8 << 20, 1))).toMatchObject(full);
        expect(await imageOf(node(), id)).toMatchObject({ status: 'queued' });
        expect(readdirSync(node().path('\\\\SOFS1\\images'))).toEqual([]);
        remount('ro');
        const readOnly = { status: 503, text: expect.stringContaining('Permission to write') };
        expect(await upload(node(), id, data)).toMatchObject(readOnly);
        remount('rw');
        expect(await upload(node(), id, data)).toMatchObject({ status: 204 });
        expect(await remove(node(), id)).toMatchObject({ status: 204 });
      });
    },
  );

  afterAll(() => endDatabase(node()));

  it('says that the database is away, and goes on when it is back', async () => {
    const pythons = node().pythons();
    const id = await storedImage(node(), 'in the database', data);
    const begun = await createImage(node(), 'begun before');
    let isAway = false;
    const slow = slowly(10, 100, () => isAway);
    const uploading = send(node(), 'PUT', `/v2/images/${begun}/file`, slow);
    const file = join(node().share, begun);
    await expect.poll(() => existsSync(file)).toBe(true);
    const gone = { status: 503, text: expect.stringContaining('database cannot be reached') };
    await withoutDatabase(node(), async () => {
      isAway = true;
      expect(await download(node(), id)).toMatchObject(gone);
      expect(await remove(node(), id)).toMatchObject(gone);
      expect(await send(node(), 'POST', '/v2/images', '{}')).toMatchObject({ status: 503 });
      expect(await send(node(), 'GET', '/healthcheck')).toMatchObject({ status: 200 });
      expect(await uploading).toMatchObject({ status: 503 });
    });
    // As on Linux (docs/explanation/glance-on-windows.md): who uploaded deletes the image and begins anew, and its file stays.
    expect(await imageOf(node(), begun)).toMatchObject({ status: 'saving' });
    expect(await remove(node(), begun)).toMatchObject({ status: 204 });
    expect(existsSync(file)).toBe(true);
    expect((await download(node(), id)).body.equals(data)).toBe(true);
    expect(await remove(node(), id)).toMatchObject({ status: 204 });
    expect(node().pythons()).toEqual(pythons);
  });
};

/** The server is not found while `work` is done. */
export async function withoutShare<T>(node: GlanceNode, work: () => Promise<T>): Promise<T> {
  const server = join(node.prefix, 'dosdevices', 'unc', 'SOFS1');
  renameSync(server, `${server}.away`);
  try {
    return await work();
  } finally {
    renameSync(`${server}.away`, server);
  }
}

/** In place of the share there are 4 MiB, which may be mounted anew with other rights. */
async function withSmallShare(
  node: GlanceNode,
  work: (remount: (rights: 'ro' | 'rw') => void) => Promise<void>,
): Promise<void> {
  const link = join(node.prefix, 'dosdevices', 'unc', 'SOFS1', 'images');
  const small = join(node.folder, 'small');
  if (!existsSync(small)) mkdirSync(small);
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'oriel-test', small]);
  renameSync(link, `${link}.large`);
  symlinkSync(small, link);
  try {
    await work((rights) => execFileSync('mount', ['-o', `remount,${rights}`, small]));
  } finally {
    rmSync(link);
    renameSync(`${link}.large`, link);
    execFileSync('umount', [small]);
  }
}
