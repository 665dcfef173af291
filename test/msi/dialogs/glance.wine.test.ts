import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { packageModel } from '../../../src/build/make-package.ts';
import {
  glancePackage,
  glanceProductFile,
  textFiles,
} from '../../../src/components/glance/package/package.ts';
import { buildMsi } from '../../../src/msi/build/build.ts';
import type { MsiModel } from '../../../src/msi/model/model.ts';
import { loadProduct } from '../../../src/product/load.ts';
import { leftOut, whole } from '../../extent.ts';
import { aDeployment } from '../../fixtures/deployment.ts';
import { freePort } from '../../fixtures/free-port.ts';
import { truePayload } from '../../payload/true-payload.ts';
import { send } from '../../runtime/client.ts';
import { forward, keys, knownLog } from './clock.ts';
import { canWalk, desktop, variants, type Walk } from './desktop.ts';

const title = (words: string) => `${words}${whole ? '' : `, ${leftOut}`}`;
const bring = (drive: string, model: MsiModel) =>
  buildMsi({ ...model, properties: [...model.properties, ...knownLog()] }, join(drive, 'glance.msi'));
const secret = 'a-password-of-the-database';

/** Welcome, licence, folder, features, image store. */
const toStore = (next: string) => [[next], ['space', next], [next], [next]];

/** From the page of the image store to the list of changes; the API listens on `port`. */
async function fill(setup: Walk, next: string, port: number): Promise<void> {
  // Refused where nothing is written.
  await setup.turn(next);
  setup.shown('store-problem');
  await setup.press('Return');
  await setup.press('shift+Tab', 'shift+Tab');
  await setup.type('C:\\images');
  setup.shown('store');
  await setup.turn(next);
  // Before it is typed: Wine shows passwords.
  setup.shown('database');
  await setup.type(`sqlite:///C:/${secret}.sqlite`);
  await setup.turn(next);
  await setup.type('none');
  setup.shown('keystone');
  await setup.turn(next);
  setup.shown('service');
  await setup.turn(next);
  await setup.type('127.0.0.1');
  await setup.press('Tab');
  await setup.type(String(port));
  await setup.press('Tab');
  await setup.type('1');
  setup.shown('network');
  await setup.turn(next);
  setup.shown('ready');
}

describe.skipIf(!canWalk || !whole).each(variants)(title('Glance in %s at %i dpi'), (language, dpi) => {
  const nothing = { source: 'x', target: 'x', content: Buffer.from('x') };
  // Its pages need no Python.
  const supplied = { texts: [nothing], bytecode: [], python: [{ ...nothing, target: 'python.exe' }] };
  const { open, below } = desktop(dpi, async (drive) => {
    const model = await loadProduct(glanceProductFile(), { version: '29.2.1' }, supplied, language);
    await bring(drive, model);
  });

  test('asks for everything, lists it without a password, and leaves nothing when it is cancelled', async () => {
    const { next, yes } = keys[language];
    const setup = await open('glance', `glance-${language}-${dpi}`);
    await forward(setup, toStore(next));
    await fill(setup, next, 9292);
    const list = setup.texts().join('\n');
    for (const words of ['C:\\images', '9292', 'OpenStack Glance API', 'none']) expect(list).toContain(words);
    expect(list).not.toContain(secret);
    await setup.turn('Escape');
    await setup.turn(yes);
    await setup.press('Return');
    expect(await setup.ended).toBe(1602 & 0xff);
    expect(below('Program Files/oriel')).toEqual([]);
    expect(below('ProgramData/oriel')).toEqual([]);
  });
});

const { tree, missing } = canWalk && whole ? await truePayload() : { missing: `, ${leftOut}` };

describe.skipIf(!tree)(`Glance with its Python${missing}`, () => {
  const { open } = desktop(96, async (drive) => {
    const supplied = { texts: textFiles('2024.2'), bytecode: [] };
    await bring(drive, await packageModel(glancePackage, aDeployment().build(), tree, supplied));
  });

  test('leads from the welcome to a service that answers', async () => {
    const { next, go } = keys.en;
    const port = await freePort();
    const setup = await open('glance', 'glance-whole');
    await forward(setup, toStore(next));
    await fill(setup, next, port);
    await setup.turn(go);
    setup.shown('progress');
    await setup.last();
    setup.shown('end');
    expect(setup.texts()).toContain('OpenStack Glance API (oriel) is running.');
    await setup.press('Return');
    expect(await setup.ended).toBe(0);
    expect(await send({ host: '127.0.0.1', port, token: '' }, 'GET', '/healthcheck')).toMatchObject({
      status: 200,
    });
  });
});
