import { mkdtempSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { balancerOf } from '../../src/balancer/balancer.ts';
import { aDeployment } from '../fixtures/deployment.ts';

const folder = mkdtempSync(join(tmpdir(), 'oriel-balancer-'));
afterAll(() => rm(folder, { recursive: true, force: true }));
const [node] = aDeployment().withNode('glance-1').build().nodes;
if (!node) throw new Error('no node');
const never = new AbortController().signal;

describe('a load balancer behind a program', () => {
  test('is told what to do with which node', async () => {
    const file = join(folder, 'said');
    const script = 'printf "%s\\n" "$1" >> "$0"';
    const command = ['sh', '-c', script, file, '{action} {node} at {address}, {other}'];
    const balancer = balancerOf({ by: 'command', timeout: 60, command });
    expect(await balancer.isDrained(node)).toBe(false);
    expect(await balancer.drain(node, never)).toBe(0);
    await balancer.undrain(node, never);
    const said = await readFile(file, 'utf8');
    expect(said).toBe('drain glance-1 at 127.0.0.2, {other}\nready glance-1 at 127.0.0.2, {other}\n');
  });

  test('fails with what the program said, and when it does not end', async () => {
    const failing = ['sh', '-c', 'echo no such pool >&2; exit 4', '{action}'];
    await expect(
      balancerOf({ by: 'command', timeout: 60, command: failing }).drain(node, never),
    ).rejects.toThrow(/exit code 4:\nno such pool/);
    const slow = ['sleep', '30', '{action}'].slice(0, 2);
    await expect(
      balancerOf({ by: 'command', timeout: 1, command: slow }).undrain(node, never),
    ).rejects.toThrow('did not end within 1 s');
  });

  test('keepalived reads a number from a file', async () => {
    const trackFile = join(folder, '{node}');
    const settings = { by: 'keepalived', timeout: 60, trackFile, out: '-254', back: '0' } as const;
    const balancer = balancerOf({ ...settings, via: [] });
    await balancer.drain(node, never);
    expect(await readFile(join(folder, 'glance-1'), 'utf8')).toBe('-254\n');
    await balancerOf({ ...settings, via: ['env', 'LC_ALL=C'] }).undrain(node, never);
    expect(await readFile(join(folder, 'glance-1'), 'utf8')).toBe('0\n');
  });
});
