import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { standInSession } from '../../fixtures/stand-in-session.ts';
import { aSimulatedNode, temporaryFolder } from '../stand-ins.ts';
import { noSamba, type Samba, startSamba, withoutEncryption } from './samba.ts';

const { folder, remove } = await temporaryFolder();
const path = '\\\\SOFS1\\images\\store\\image-1';
const image = randomBytes(1 << 20);
const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

describe.skipIf(noSamba)(`the share of the sandbox behind a real Samba${noSamba}`, () => {
  let samba: Samba;

  beforeAll(async () => {
    await mkdir(join(folder, 'share'));
    const session = standInSession(await aSimulatedNode(folder));
    await session.call({ call: 'Set-Directory', path: '\\\\SOFS1\\images\\store' });
    const blocks = Array.from({ length: 4 }, (_, index) => image.subarray(index << 18, (index + 1) << 18));
    for (const [index, block] of blocks.entries())
      await session.call({
        call: 'Add-FileContent',
        path,
        offset: index << 18,
        content: block.toString('base64'),
      });
    samba = await startSamba(await madeFolder('samba'), {
      shares: { images: [`path = ${join(folder, 'share')}`, 'read only = no', 'csc policy = disable'] },
      global: ['server min protocol = SMB2_02', 'server smb encrypt = required'],
    });
  });
  afterAll(async () => {
    await samba?.close();
    await remove();
  });

  it('gives back over SMB 3 with encryption what was written through the path of the share', async () => {
    const get = () => samba.ask('cd store; get image-1 read-back');
    expect(get()).toContain('getting file \\store\\image-1');
    expect(hash(await readFile(join(folder, 'samba', 'read-back')))).toBe(hash(image));
  });

  it('refuses a client of SMB 2.1, which cannot encrypt', () => {
    const ask = () => samba.ask('ls', { words: withoutEncryption });
    expect(ask()).toContain('NT_STATUS_ACCESS_DENIED');
  });
});

async function madeFolder(name: string): Promise<string> {
  const made = join(folder, name);
  await mkdir(made);
  return made;
}
