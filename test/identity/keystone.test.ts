import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { declareCatalogue } from '../../src/components/glance/catalogue.ts';
import { openIdentitySession } from '../../src/identity/session.ts';
import { findUv } from '../../src/payload/uv.ts';
import type { Fact } from '../../src/plan/events.ts';
import { plan } from '../../src/plan/make-plan.ts';
import { rollOut } from '../../src/plan/rollout.ts';
import { type Neighbours, startNeighbours, stopNeighbours } from '../../src/sandbox/neighbours/index.ts';
import type { Deployment, KeystoneSettings } from '../../src/site/deployment.ts';
import { Secret } from '../../src/site/secret.ts';
import { imageEndpoints } from '../../src/verify/keystone.ts';
import { aDeployment } from '../fixtures/deployment.ts';

const noUv = await findUv().then(
  () => undefined,
  (error: Error) => error.message,
);

describe.skipIf(noUv)(`the catalogue of a real Keystone${noUv ? `: ${noUv}` : ''}`, () => {
  let directory = '';
  let neighbours: Neighbours | undefined;
  const url = 'https://images.example.org';

  const settings = (password: string, region = 'RegionOne'): KeystoneSettings => {
    const server = neighbours?.keystone;
    if (!server) expect.fail('Keystone did not start');
    const domains = { userDomain: 'Default', projectDomain: 'Default' };
    const admin = { username: 'admin', password: server.admin.password, project: 'admin', ...domains };
    const own = {
      username: 'images',
      password: new Secret('images', password),
      project: 'service',
      ...domains,
    };
    return { authUrl: server.url, region, ...own, admin };
  };
  const site = (keystone: KeystoneSettings, publicEndpoint = url): Deployment =>
    aDeployment().withNode('glance-1').withGlance({ keystone, publicEndpoint }).build();

  /** Makes a plan, and applies it. */
  async function keep(deployment: Deployment) {
    const { keystone } = deployment.glance;
    if (!keystone?.admin) expect.fail('there is no administrator');
    const declared = declareCatalogue(deployment);
    const reached = new Map([['keystone', await openIdentitySession(keystone, keystone.admin)]]);
    const made = await plan(deployment, declared, reached);
    const facts: Fact[] = [];
    const never = new AbortController().signal;
    const { rollout } = deployment;
    const options = { emit: (fact: Fact) => void facts.push(fact), stop: never, abort: never, rollout };
    return { made, facts, outcome: await rollOut(declared, reached, made, options) };
  }

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'oriel-identity-'));
    neighbours = await startNeighbours(directory, ['keystone'], { emit: () => {} });
  }, 180_000);
  afterAll(async () => {
    if (neighbours) await stopNeighbours(neighbours);
    await rm(directory, { recursive: true, force: true });
  }, 240_000);

  it('is made, and then there is nothing to do', async () => {
    const first = await keep(site(settings('first password')));
    expect(first.made.steps.map(({ id, action }) => `${action} ${id}`)).toEqual([
      'create keystone/keystone-user/glance',
      'unknown keystone/keystone-role/admin',
      'create keystone/keystone-service/glance',
      ...['public', 'internal', 'admin'].map((face) => `unknown keystone/keystone-endpoint/${face}`),
    ]);
    expect(first.facts.filter((f) => f.kind === 'step-finished' && f.result === 'failed')).toEqual([]);
    expect(first.outcome).toMatchObject({ changed: 6, unchanged: 0, failed: 0, skipped: 0 });
    const second = await keep(site(settings('first password')));
    expect(second.outcome).toMatchObject({ changed: 0, unchanged: 6, failed: 0, skipped: 0 });
    expect(await imageEndpoints(settings('first password'))).toEqual([url]);
  }, 240_000);

  it('follows an address and a password, and nothing else', async () => {
    const moved = await keep(site(settings('second password'), 'https://new.example.org'));
    expect(moved.outcome).toMatchObject({ changed: 4, unchanged: 2, failed: 0, skipped: 0 });
    expect(await imageEndpoints(settings('second password'))).toEqual(['https://new.example.org']);
    expect(JSON.stringify(moved)).not.toMatch(/first password|second password/);
  }, 240_000);

  it('says what is missing where it cannot make it', async () => {
    const keystone = { ...settings('second password'), project: 'nowhere' };
    const { made, outcome } = await keep(site(keystone));
    const role = made.steps.find(({ kind }) => kind === 'keystone-role');
    expect(role?.error).toMatchObject({
      message: 'Keystone has no project nowhere',
      remedy: 'make it: openstack project create nowhere',
    });
    expect(outcome).toMatchObject({ failed: 1 });
  }, 240_000);

  it('is not touched by an administrator who does not get in, and his password is in no message', async () => {
    const keystone = settings('second password');
    const admin = {
      ...settings('second password'),
      username: 'admin',
      password: new Secret('admin', 'wr0ng'),
    };
    const error = await openIdentitySession(keystone, admin).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: 'SessionError', node: 'keystone', kind: 'unreachable' });
    expect((error as Error).message).toContain('status 401');
    expect(JSON.stringify(error) + String(error)).not.toContain('wr0ng');
  }, 240_000);
});
