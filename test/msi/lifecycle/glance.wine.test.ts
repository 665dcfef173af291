import { readdirSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageModel } from '../../../src/build/make-package.ts';
import { glancePackage, textFiles } from '../../../src/components/glance/package/package.ts';
import { issueToken } from '../../../src/openstack/tokens.ts';
import { whyNoMariaDb } from '../../../src/sandbox/services/mariadb.ts';
import { type StartedServices, startServices, stopServices } from '../../../src/sandbox/services/start.ts';
import { mapShare } from '../../../src/sandbox/wine/prefix.ts';
import { aDeployment } from '../../fixtures/deployment.ts';
import { freePort } from '../../fixtures/free-port.ts';
import { truePayload } from '../../payload/true-payload.ts';
import { send } from '../../runtime/client.ts';
import { download, storedImage } from '../../runtime/images.ts';
import { hasWine } from '../../sandbox/wine/wine.ts';
import { onMachine } from './machine.ts';
import { asWindowsLogs, hiddenProperties, registryText } from './secrets.ts';

const without = hasWine ? whyNoMariaDb() : 'no Wine';
const { tree, missing } = without ? { missing: ` (skipped: ${without})` } : await truePayload();
const conf = ['ProgramData', 'oriel', 'glance', 'etc', 'glance-api.conf'];
const services = ['oriel-glance-api', 'oriel-glance-scrubber', 'oriel-glance-cache'];

describe.skipIf(!tree)(`the package of Glance by msiexec alone${missing}`, () => {
  const title = 'properties make a service that serves, and an upgrade keeps what was made of them';
  it(title, () =>
    onMachine(title, async (machine) => {
      if (!tree) return;
      const home = join(machine.prefix, '..');
      const starting = startServices(join(home, 'services'), ['mariadb', 'keystone'], { emit: () => {} });
      starting.catch(() => {});
      const supplied = { texts: textFiles('2024.2'), bytecode: [] };
      const model = await packageModel(glancePackage, aDeployment().build(), tree, supplied);
      const port = await freePort();
      const share = join(home, 'share');
      await mapShare(machine.prefix, '\\\\SOFS1\\images', share);
      const running = async () => {
        for (const name of services)
          expect(await machine.service(name), name).toMatchObject({ status: 'Running' });
      };
      // An error is found before any of Glance is asked.
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
      const started = await starting;
      const { keystone, mariadb } = started;
      if (!keystone || !mariadb) throw new Error('there is no Keystone or no MariaDB');
      try {
        const database = mariadb.url.replace('//glance@', `//glance:${mariadb.password.reveal()}@`);
        // Secrets in both ways: by a file, and on the command line.
        const account = `.\\${userInfo().username}`;
        const servicePassword = 'the-password-of-the-account';
        const answers = `# secrets\r\nDATABASE_CONNECTION=${database}\r\nWORKERS=1\r\n`;
        writeFileSync(join(machine.drive, 'answers.txt'), answers);
        const log = await machine.msiexec(
          0,
          ...['/i', first, 'ADDLOCAL=ALL', 'BINDHOST=127.0.0.1', `BINDPORT=${port}`],
          ...[
            'STOREPATH=\\\\SOFS1\\images',
            'ANSWERFILE=C:\\answers.txt',
            `KEYSTONE_AUTH_URL=${keystone.url}`,
          ],
          `KEYSTONE_PASSWORD=${keystone.service.password.reveal()}`,
          ...[`SERVICEACCOUNT=${account}`, `SERVICEPASSWORD=${servicePassword}`],
        );
        await running();
        expect(await machine.service('oriel-glance-api')).toMatchObject({ account });
        const hidden = hiddenProperties(join(machine.drive, 'first.msi'));
        expect(hidden).toEqual(
          expect.arrayContaining(['DATABASE_CONNECTION', 'KEYSTONE_PASSWORD', 'SERVICEPASSWORD']),
        );
        for (const secret of [
          mariadb.password.reveal(),
          keystone.service.password.reveal(),
          servicePassword,
        ]) {
          expect(asWindowsLogs(log, hidden)).not.toContain(secret);
          expect(registryText(machine.prefix)).not.toContain(secret);
        }
        expect(log).not.toContain(mariadb.password.reveal());
        const written = machine.read(...conf) ?? '';
        for (const line of [
          'workers = 1',
          'delayed_delete = true',
          'image_cache_driver = sqlite',
          `bind_port = ${port}`,
        ])
          expect(written).toContain(`${line}\r\n`);

        const place = { host: '127.0.0.1', port, token: await adminToken(started) };
        expect(await send({ ...place, token: 'none' }, 'GET', '/v2/images')).toMatchObject({ status: 401 });
        const image = await storedImage(place, 'small', Buffer.from('an image'));
        expect(readdirSync(share)).toContain(image);

        writeFileSync(join(machine.drive, ...conf), `${written}# mine\r\n`);
        await machine.msiexec(
          0,
          ...['/i', await machine.bring('next.msi', { ...model, version: '29.2.2' })],
          // Wine does not migrate features, and passwords are not remembered.
          ...['ADDLOCAL=ALL', `SERVICEPASSWORD=${servicePassword}`],
        );
        await running();
        expect(machine.read(...conf)).toBe(`${written}# mine\r\n`);
        expect((await download(place, image)).body.toString()).toBe('an image');
      } finally {
        await stopServices(started);
      }
    }),
  );
});

/** For an administrator, who may do everything with images. */
async function adminToken({ keystone }: StartedServices): Promise<string> {
  if (!keystone) throw new Error('there is no Keystone');
  const { user: username, password, project } = keystone.admin;
  const domains = { userDomain: 'Default', projectDomain: 'Default' };
  return (await issueToken({ authUrl: keystone.url, username, password, project, ...domains })).reveal();
}
