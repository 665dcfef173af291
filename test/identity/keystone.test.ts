import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { glanceChecks } from '../../src/components/glance/checks/index.ts';
import { declareCatalogue } from '../../src/components/glance/declare/catalogue.ts';
import { settingsOf } from '../../src/components/glance/site/settings.ts';
import { formerEndpoints } from '../../src/deploy/compose/former-endpoints.ts';
import { declareRemoval, externalGrants } from '../../src/deploy/removal.ts';
import type { Fact } from '../../src/events/events.ts';
import { openIdentityEndpoint } from '../../src/identity/endpoint.ts';
import { endpointUrls } from '../../src/openstack/catalogue.ts';
import { findUv } from '../../src/payload/lock/uv.ts';
import { ownershipByJournal } from '../../src/plan/journal/ownership.ts';
import { type Connections, makePlan } from '../../src/plan/observe/make-plan.ts';
import { rollOut } from '../../src/plan/rollout/rollout.ts';
import type { Declaration } from '../../src/resources/model/resource.ts';
import { type StartedServices, startServices, stopServices } from '../../src/sandbox/services/start.ts';
import { Secret } from '../../src/secret.ts';
import type { Deployment, KeystoneSettings } from '../../src/site/deployment.ts';
import { onlyChecks } from '../../src/verify/choose.ts';
import { runChecks } from '../../src/verify/run-checks.ts';
import { aDeployment } from '../fixtures/deployment.ts';

const noUv = await findUv().then(
  () => undefined,
  (error: Error) => error.message,
);

describe.skipIf(noUv)(`the catalogue of a real Keystone${noUv ? `: ${noUv}` : ''}`, () => {
  let directory = '';
  let services: StartedServices | undefined;
  /** Of all runs, as a journal keeps them. */
  const told: Fact[] = [];
  const url = 'https://images.example.org';

  const settings = (password: string, region = 'RegionOne'): KeystoneSettings => {
    const server = services?.keystone;
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
  const listed = (keystone: KeystoneSettings): Promise<readonly string[]> =>
    endpointUrls(keystone, { type: 'image', region: keystone.region, interface: 'public' });
  const site = (keystone: KeystoneSettings, publicEndpoint = url): Deployment =>
    aDeployment().withNode('glance-1').withGlance({ keystone, publicEndpoint }).build();

  /** Makes a plan, and applies it. */
  async function keep(deployment: Deployment) {
    const { keystone } = settingsOf(deployment);
    if (!keystone?.admin) expect.fail('there is no administrator');
    const reached = new Map([['keystone', await openIdentityEndpoint(keystone, keystone.admin)]]);
    const declared = declareCatalogue(deployment);
    const { made } = await ownership();
    return bring(deployment, [...declared, ...formerEndpoints(made, declared)], reached);
  }

  async function bring(deployment: Deployment, declared: readonly Declaration[], reached: Connections) {
    const made = await makePlan(deployment, declared, reached);
    const facts: Fact[] = [];
    const emit = (fact: Fact): void => {
      facts.push(fact);
      told.push(fact);
    };
    const never = new AbortController().signal;
    const { rollout } = deployment;
    const options = { emit, stop: never, abort: never, rollout };
    return { made, facts, outcome: await rollOut(declared, reached, made, options) };
  }

  /** What the runs so far have made, as their journal says. */
  async function ownership() {
    const journal = join(directory, 'journal.jsonl');
    const base = { time: '2026-01-01T00:00:00.000Z', run: 'r' };
    await writeFile(journal, told.map((fact) => `${JSON.stringify({ ...base, ...fact })}\n`).join(''));
    return ownershipByJournal(journal);
  }

  /** Takes away what the runs so far have made. */
  async function takeAway(deployment: Deployment, reached: Connections) {
    const ways = { ...(await ownership()), data: false };
    const removal = await declareRemoval(deployment, externalGrants(deployment, true), ways, reached);
    return { ...removal, ...(await bring(deployment, removal.declared, reached)) };
  }

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'oriel-identity-'));
    services = await startServices(directory, ['keystone'], { emit: () => {} });
  }, 180_000);
  afterAll(async () => {
    if (services) await stopServices(services);
    await rm(directory, { recursive: true, force: true });
  });

  it('is made, and then there is nothing to do', async () => {
    const first = await keep(site(settings('first password')));
    expect(first.made.steps.map(({ id, action }) => `${action} ${id}`)).toEqual([
      'create keystone/glance/keystone-user/glance',
      'unknown keystone/glance/keystone-role/admin',
      'create keystone/glance/keystone-service/glance',
      ...['public', 'internal', 'admin'].map((face) => `unknown keystone/glance/keystone-endpoint/${face}`),
    ]);
    expect(first.facts.filter((f) => f.kind === 'step-finished' && f.result === 'failed')).toEqual([]);
    expect(first.outcome).toMatchObject({ changed: 6, unchanged: 0, failed: 0, skipped: 0 });
    const second = await keep(site(settings('first password')));
    expect(second.outcome).toMatchObject({ changed: 0, unchanged: 6, failed: 0, skipped: 0 });
    expect(await listed(settings('first password'))).toEqual([url]);
  }, 240_000);

  it('follows an address and a password, and nothing else', async () => {
    const moved = await keep(site(settings('second password'), 'https://new.example.org'));
    expect(moved.outcome).toMatchObject({ changed: 4, unchanged: 2, failed: 0, skipped: 0 });
    expect(await listed(settings('second password'))).toEqual(['https://new.example.org']);
    expect(JSON.stringify(moved)).not.toMatch(/first password|second password/);
  });

  it('moves to another region and back, and leaves no endpoint behind (deploy row 9)', async () => {
    const there = settings('second password', 'RegionTwo');
    const here = settings('second password');
    const moved = await keep(site(there, 'https://new.example.org'));
    expect(moved.made.steps.slice(-3).map(({ id, action }) => `${action} ${id}`)).toEqual(
      ['public', 'internal', 'admin'].map(
        (face) => `remove keystone/glance/keystone-endpoint/${face}-RegionOne`,
      ),
    );
    expect(moved.outcome).toMatchObject({ changed: 6, failed: 0, skipped: 0 });
    expect(await Promise.all([listed(there), listed(here)])).toEqual([['https://new.example.org'], []]);
    const again = await keep(site(there, 'https://new.example.org'));
    expect(again.made.steps.map(({ action }) => action)).toEqual(Array(6).fill('none'));
    const back = await keep(site(here, 'https://new.example.org'));
    expect(back.outcome).toMatchObject({ changed: 6, failed: 0, skipped: 0 });
    expect(await Promise.all([listed(there), listed(here)])).toEqual([[], ['https://new.example.org']]);
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
  });

  it('is kept in order also when the token is refused in the middle of it', async () => {
    const { admin, ...keystone } = settings('second password');
    if (!admin) expect.fail('there is no administrator');
    const session = await openIdentityEndpoint(keystone, admin);
    // Keystone refuses all tokens of a user whose password is set, also to what it was.
    const user = { name: admin.username, domain: 'Default', password: admin.password };
    const read = { call: 'Get-IdentityService', type: 'image' };
    for (let n = 0; n < 2; n += 1) {
      await session.call({ call: 'Set-IdentityUser', ...user });
      // To the second: one that is issued right after it is refused as well.
      await sleep(1100);
      const both = await Promise.all([session.call(read), session.call(read)]);
      expect(both).toMatchObject([{ exists: true }, { exists: true }]);
    }
  });

  it('is looked at by verify', async () => {
    const never = new AbortController().signal;
    const run = (deployment: Deployment, only: string) =>
      runChecks(onlyChecks(glanceChecks(deployment, { bytes: 1 }), [only]), {
        ...{ connections: new Map(), emit: () => {}, signal: never },
      });
    const found = async (deployment: Deployment) => (await run(deployment, 'catalogue'))[0];
    const keystone = settings('second password');
    const listed = await found(site(keystone, 'https://new.example.org/'));
    expect(listed).toMatchObject({ node: 'keystone', check: 'glance/catalogue', verdict: 'pass' });
    expect(await found(site(keystone))).toMatchObject({
      verdict: 'fail',
      message: `the catalogue of RegionOne sends clients to https://new.example.org, not to ${url}`,
    });
    expect(await found(site({ ...keystone, region: 'Nowhere' }))).toMatchObject({
      verdict: 'fail',
      message: 'the catalogue of Nowhere has no public endpoint of the image service',
    });
    const wrong = { ...keystone, password: new Secret('images', 'wr0ng') };
    expect(await found(site(wrong))).toMatchObject({ verdict: 'fail' });
    const ids = glanceChecks(aDeployment().withNode('glance-1').build(), { bytes: 1 }).map(({ id }) => id);
    expect(ids.filter((id) => id.startsWith('keystone/'))).toEqual([]);
    // Nothing is asked of a node whose callers cannot be known.
    const [token, ...rest] = await run(site(wrong), 'create');
    expect(token).toMatchObject({ check: 'glance/token', verdict: 'fail' });
    expect(rest.find(({ check }) => check === 'glance/create')).toMatchObject({
      verdict: 'skip',
      message: 'needs keystone/glance/token, which failed',
    });
  }, 240_000);

  it('loses what we made and nothing else', async () => {
    const deployment = site(settings('second password'));
    const { admin, ...keystone } = settings('second password');
    if (!admin) expect.fail('there is no administrator');
    const session = await openIdentityEndpoint(keystone, admin);
    const reached = new Map([['keystone', session]]);
    const theirs = { type: 'image', interface: 'public', region: 'Elsewhere' };
    await session.call({ call: 'Set-IdentityEndpoint', ...theirs, url: 'https://elsewhere.example.org' });
    const first = await takeAway(deployment, reached);
    expect(first.outcome).toMatchObject({ changed: 5, failed: 0 });
    expect(first.left.join()).toContain('an endpoint of others: public in Elsewhere');
    const list = { call: 'Get-IdentityEndpointList', type: 'image' };
    expect(await session.call(list)).toEqual([{ interface: 'public', region: 'Elsewhere' }]);
    await expect(session.call({ call: 'Remove-IdentityService', type: 'image' })).rejects.toThrow(
      'endpoints',
    );
    await session.call({ call: 'Remove-IdentityEndpoint', ...theirs });
    const second = await takeAway(deployment, reached);
    expect(second.outcome).toMatchObject({ changed: 1, failed: 0 });
    expect(await session.call({ call: 'Get-IdentityService', type: 'image' })).toEqual({ exists: false });
    const third = await takeAway(deployment, reached);
    expect(third.outcome).toMatchObject({ changed: 0, failed: 0 });
    // Somebody else makes the user now: it is not ours.
    const user = { name: 'images', domain: 'Default' };
    await session.call({ call: 'Set-IdentityUser', ...user, password: new Secret('theirs', 'of others') });
    const fourth = await takeAway(deployment, reached);
    expect(fourth.outcome).toMatchObject({ changed: 0, failed: 0 });
    expect(fourth.left).toContain('keystone/glance/keystone-user/glance, which no run from here has made');
  }, 240_000);

  it('is not touched by an administrator who does not get in, and his password is in no message', async () => {
    const keystone = settings('second password');
    const admin = {
      ...settings('second password'),
      username: 'admin',
      password: new Secret('admin', 'wr0ng'),
    };
    const error = await openIdentityEndpoint(keystone, admin).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: 'SessionError', node: 'keystone', kind: 'unreachable' });
    expect((error as Error).message).toContain('status 401');
    expect(JSON.stringify(error) + String(error)).not.toContain('wr0ng');
  });
});
