import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { settingsOf } from '../../src/components/glance/site/settings.ts';
import { components, loadSite } from '../../src/components/index.ts';
import { InputError } from '../../src/errors.ts';
import type { NodeOf } from '../../src/site/deployment.ts';
import { loadDeployment } from '../../src/site/load/load.ts';
import type { RawSiteRule } from '../../src/site/yaml/rule.ts';
import { baseSite, complaintsOf, folderWith, headOf, loadFrom } from './site-folder.ts';

describe('loadDeployment', () => {
  it('fills in every default', async () => {
    const { file, directory, ...deployment } = await loadSite('examples/minimal.yaml', {
      secrets: 'placeholder',
    });
    expect([file, directory]).toEqual([
      join(process.cwd(), 'examples/minimal.yaml'),
      join(process.cwd(), 'examples'),
    ]);
    const share = {
      name: 'images',
      kind: 'smb',
      path: '\\\\sofs1.example.org\\images',
      manage: false,
      access: [],
      continuouslyAvailable: false,
      encrypt: false,
      free: { warn: 20, fail: 10 },
    };
    expect(JSON.parse(JSON.stringify(deployment))).toEqual({
      name: 'images',
      release: '2024.2',
      shares: { images: share },
      limits: {
        clockOffset: { warn: 60, fail: 300 },
        pathLength: 248,
        disconnects: { hour: 0, day: 10 },
        repairInterval: 60,
        probeSize: 64 * 1024 ** 2,
      },
      components: {
        glance: {
          features: ['api'],
          workers: 2,
          metadefs: true,
          bind: { host: '0.0.0.0', port: 9292, firewall: true },
          service: { account: 'LocalSystem', groups: [], recovery: 'restart', drain: 60 },
          database: {
            connection: 'mysql+pymysql://glance@db.example.org/glance?charset=utf8',
            password: '[secret:database_password]',
            sync: true,
          },
          keystone: {
            authUrl: 'https://keystone.example.org/v3',
            username: 'glance',
            password: '[secret:keystone_password]',
            project: 'service',
            userDomain: 'Default',
            projectDomain: 'Default',
            region: 'RegionOne',
          },
          stores: [{ name: 'images', type: 'file', default: true, share, options: {} }],
          staging: 'C:\\ProgramData\\oriel\\staging',
          tasks: [],
          options: {},
          extra: {},
        },
      },
      payload: {
        python: { version: '3.11.3', maven: 'org.bytedeco:cpython:3.11.3-1.5.9' },
        index: 'default',
      },
      msi: { manufacturer: 'oriel' },
      nodes: [
        {
          name: 'glance-1',
          via: 'ssh',
          address: '10.0.0.11',
          sshConfig: join(homedir(), '.ssh/config'),
          roles: ['glance'],
          windowsFeatures: [],
          certificates: [],
        },
      ],
      rollout: {
        serial: 1,
        canary: true,
        maxFailures: 0,
        settle: 5,
        onFailure: 'stop',
        reboot: 'never',
        health: { http: '/healthcheck', upload: 8 * 1024 ** 2, gate: false },
      },
      warnings: [],
    });
  });

  it('reads every supported key of the production example', async () => {
    const site = await loadSite('examples/production.yaml', { secrets: 'placeholder' });
    const { shares, nodes, warnings } = site;
    const glance = settingsOf(site);
    expect(glance.stores.map(({ name, default: standard, share }) => [name, standard, share])).toEqual([
      ['fast', true, shares.fast],
      ['archive', false, shares.archive],
    ]);
    expect(glance.policy).toEqual({ file: join(process.cwd(), 'examples/policy.yaml') });
    expect(
      (nodes as readonly NodeOf<'ssh'>[]).map(({ name, user, identity }) => [name, user, identity]),
    ).toEqual([
      ['glance-1', 'oriel', join(homedir(), '.ssh/id_ed25519')],
      ['glance-2', 'oriel', join(homedir(), '.ssh/id_ed25519')],
      ['sofs1-1', 'oriel', join(homedir(), '.ssh/id_ed25519')],
    ]);
    expect(shares.fast).toMatchObject({ manage: true, continuouslyAvailable: true, encrypt: true });
    expect(warnings).toEqual([]);
  });

  it('gives what nobody can change', async () => {
    const deployment = await loadFrom({ 'site.yaml': 'extends: base.yaml\n' });
    expect(() => Object.assign(settingsOf(deployment).bind, { port: 1 })).toThrow(TypeError);
    expect(() => Object.assign(deployment.nodes, { 0: {} })).toThrow(TypeError);
  });

  it('warns of a site without identity service and goes on', async () => {
    const site = baseSite.replace(/ {4}keystone:.*\n/, '');
    expect((await complaintsOf({ 'site.yaml': site })).map(headOf)).toEqual([
      'site.yaml:8:3: warning: there is no identity service: every caller is an administrator',
    ]);
  });

  it('hands the merged data to the rules, with the release, and shows what they find', async () => {
    const file = join(
      folderWith({ 'base.yaml': baseSite, 'site.yaml': 'extends: base.yaml\nname: other\n' }),
      'site.yaml',
    );
    const seen: unknown[] = [];
    const rule: RawSiteRule = ({ data, at }) => {
      seen.push(data);
      const position = at(['nodes', 'glance-1']);
      return position ? [{ message: 'no such node', position }] : [];
    };
    const loading = loadDeployment(file, {
      secrets: 'placeholder',
      components: components.map((one) => ({ ...one, site: { ...one.site, rawRules: [rule] } })),
    });
    await expect(loading).rejects.toThrow(
      '/base.yaml:14:3: no such node\n    glance-1: { address: 10.0.0.11 }',
    );
    expect(seen).toEqual([expect.objectContaining({ name: 'other', release: '2024.2' })]);
  });
});

describe('extends', () => {
  it('begins paths at the file that names them', async () => {
    const site = await loadFrom({
      'site.yaml': 'extends: shared/base.yaml\nname: other\nnodes: { glance-1: { identity: keys/one } }\n',
      'shared/base.yaml': `${baseSite}  defaults: { identity: keys/all }\n`.replace(
        '    database:',
        '    policy: { file: policy.yaml }\n    database:',
      ),
      'shared/policy.yaml': '',
    });
    const { nodes } = site;
    const glance = settingsOf(site);
    const below = (path: string | undefined) => path?.replace(/.*oriel-site-[^/]+\//, '');
    expect(below(glance.policy?.file)).toBe('shared/policy.yaml');
    expect((nodes as readonly NodeOf<'ssh'>[]).map(({ identity }) => below(identity))).toEqual([
      'keys/one',
      'shared/keys/all',
    ]);
  });

  it('goes over several files, and tells errors in the order of reading', async () => {
    const complaints = await complaintsOf({
      'site.yaml': 'extends: middle.yaml\nrelease: x\n',
      'middle.yaml': 'extends: base.yaml\nname: A\nname: B\n',
    });
    expect(complaints.map(headOf)).toEqual([
      'site.yaml:2:10: `release` must be one of 2023.1, 2023.2, 2024.1, 2024.2',
      'middle.yaml:2:7: `name` must be a name: a small letter, then small letters, digits, `-` and `_`, 40 at most',
      'middle.yaml:3:1: `name` is written twice; the first one is in line 2',
    ]);
  });

  it.each([
    [
      'a circle',
      { 'site.yaml': 'extends: b.yaml\n', 'b.yaml': 'extends: site.yaml\n' },
      'b.yaml:1:10: `extends` goes in a circle: site.yaml -> b.yaml -> site.yaml',
    ],
    [
      'no path',
      { 'site.yaml': 'extends: [base.yaml]\n' },
      'site.yaml:1:10: `extends` must be the path of one site file',
    ],
    ['a folder', { 'site.yaml': 'extends: sub\n', 'sub/x': '' }, 'site.yaml:1:10: sub is a folder'],
    [
      'a broken base',
      { 'site.yaml': 'extends: b.yaml\n', 'b.yaml': 'a: [\n' },
      'b.yaml:2:1: this is not YAML: deficient indentation',
    ],
  ])('refuses %s', async (_, files, complaint) => {
    expect((await complaintsOf(files)).map(headOf)[0]).toBe(complaint);
  });
});

describe('a file that is not a site file', () => {
  it.each([
    ['UTF-16', Buffer.from('\ufeffname: a\n', 'utf16le'), 'site.yaml is UTF-16, not UTF-8'],
    ['a bad byte', Buffer.from([0x61, 0x3a, 0x20, 0x0a, 0x20, 0xff]), 'site.yaml:2:2: the file is not UTF-8'],
    [
      'two megabytes',
      'a: 1 # '.padEnd(2 * 1024 ** 2, 'x'),
      'site.yaml has 2097152 bytes; at most 1048576 are read',
    ],
    [
      'deep nesting',
      `a: ${'['.repeat(2000)}`,
      'site.yaml:1:103: this is not YAML: nesting exceeded maxDepth',
    ],
  ])('%s', async (_, content, complaint) => {
    expect((await complaintsOf({ 'site.yaml': content })).map(headOf)).toEqual([complaint]);
  });

  it('takes a byte order mark', async () => {
    expect((await loadFrom({ 'site.yaml': '\ufeffextends: base.yaml\nname: marked\n' })).name).toBe('marked');
  });

  it.each([
    ['/dev/null', '/dev/null is not a regular file'],
    ['test', 'test is a folder'],
    ['no/such.yaml', 'no/such.yaml cannot be read: no such file'],
    ['package.json/x', 'package.json/x cannot be read: no such file: a part of the path is not a folder'],
  ])('%s', async (file, message) => {
    await expect(loadSite(file)).rejects.toSatisfy(
      (error) =>
        error instanceof InputError && error.problems.length === 1 && error.problems[0]?.message === message,
    );
  });
});
