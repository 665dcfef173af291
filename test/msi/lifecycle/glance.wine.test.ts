import { readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { trustedIdentity } from '../../../src/components/glance/paste.ts';
import { glanceProduct } from '../../../src/components/glance/product.ts';
import { mapShare } from '../../../src/sandbox/wine/prefix.ts';
import { aDeployment } from '../../fixtures/deployment.ts';
import { truePayload } from '../../launcher/glance.ts';
import { onMachine } from './machine.ts';

const { tree, missing } = await truePayload();
const conf = ['ProgramData', 'oriel', 'glance', 'etc', 'glance-api.conf'];
const services = ['oriel-glance-api', 'oriel-glance-scrubber', 'oriel-glance-cache'];

describe.skipIf(!tree)(`the package of Glance by msiexec alone${missing}`, { timeout: 600_000 }, () => {
  const title = 'properties make a service that serves, and an upgrade keeps what was made of them';
  it(title, () =>
    onMachine(title, async (machine) => {
      if (!tree) return;
      const model = await glanceProduct(aDeployment().build(), tree, []);
      const port = await freePort();
      const share = join(machine.prefix, '..', 'share');
      await mapShare(machine.prefix, '\\\\SOFS1\\images', share);
      const running = async () => {
        for (const name of services)
          expect(await machine.service(name), name).toMatchObject({ status: 'Running' });
      };
      // A mistake is found before any of Glance is asked.
      const bare = model.files.filter(({ target }) => !target.includes('/site-packages/'));
      const little = await machine.bring('little.msi', { ...model, files: bare });

      const refused = await machine.msiexec(1603, '/i', little, 'BINDPORT=9292x', 'KEYSTONE_AUTH_URL=none');
      for (const words of [
        'BINDPORT must be a whole number',
        'STOREPATH is missing',
        'DATABASE_CONNECTION is missing',
      ])
        expect(refused).toContain(words);
      expect(machine.list('ProgramData', 'oriel')).toEqual([]);
      expect(await machine.service('oriel-glance-api')).toMatchObject({ exists: false });

      const first = await machine.bring('first.msi', model);
      const database = 'DATABASE_CONNECTION=sqlite:///C:/ProgramData/oriel/glance/glance.sqlite';
      writeFileSync(join(machine.drive, 'answers.txt'), `# secrets\r\n${database}\r\nWORKERS=1\r\n`);
      const log = await machine.msiexec(
        0,
        ...['/i', first, 'ADDLOCAL=ALL', 'BINDHOST=127.0.0.1', `BINDPORT=${port}`, 'KEYSTONE_AUTH_URL=none'],
        ...['STOREPATH=\\\\SOFS1\\images', 'ANSWERFILE=C:\\answers.txt'],
      );
      expect(log).not.toContain('sqlite:///');
      await running();
      const written = machine.read(...conf) ?? '';
      for (const line of [
        'workers = 1',
        'delayed_delete = true',
        'image_cache_driver = sqlite',
        `bind_port = ${port}`,
      ])
        expect(written).toContain(`${line}\r\n`);
      const image = await upload(port, Buffer.from('an image'));
      expect(readdirSync(share)).toContain(image);

      writeFileSync(join(machine.drive, ...conf), `${written}# mine\r\n`);
      await machine.msiexec(
        0,
        ...['/i', await machine.bring('next.msi', { ...model, version: '29.2.2' })],
        // Wine does not migrate features.
        'ADDLOCAL=ALL',
      );
      await running();
      expect(machine.read(...conf)).toBe(`${written}# mine\r\n`);
      expect(await download(port, image)).toBe('an image');
    }),
  );
});

const api = (port: number, path: string) => `http://127.0.0.1:${port}/v2/images${path}`;

/** Gives the id of a new image. */
async function upload(port: number, bytes: Buffer): Promise<string> {
  const body = JSON.stringify({ name: 'small', disk_format: 'raw', container_format: 'bare' });
  const json = { ...trustedIdentity, 'Content-Type': 'application/json' };
  const made = await fetch(api(port, ''), { method: 'POST', headers: json, body });
  const { id } = (await made.json()) as { id: string };
  const headers = { ...trustedIdentity, 'Content-Type': 'application/octet-stream' };
  const put = await fetch(api(port, `/${id}/file`), { method: 'PUT', headers, body: bytes });
  expect(put.status).toBe(204);
  return id;
}

async function download(port: number, id: string): Promise<string> {
  return (await fetch(api(port, `/${id}/file`), { headers: trustedIdentity })).text();
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
