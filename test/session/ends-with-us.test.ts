import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { expect, it } from 'vitest';
import { endsWithUs } from '../fixtures/ends-with-us.ts';

/** A test in place of its file: it starts a server, says its number, and is killed before it can close anything. */
const killed = (command: readonly string[]): string => `
const [file, ...args] = ${JSON.stringify(command)};
console.log(require('node:child_process').spawn(file, args, { stdio: 'ignore' }).pid);
setInterval(() => {}, 1000);`;

it.skipIf(!existsSync('/usr/bin/setpriv'))(
  'a server ends with the test that started it, however that ends',
  async () => {
    const command = endsWithUs('/bin/sh', '-c', endsWithUs('/bin/sleep', '900').join(' '));
    const test = spawn(process.execPath, ['-e', killed(command)], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [pid] = await once(createInterface(test.stdout), 'line');
    const runs = (): boolean => existsSync(`/proc/${pid}`);
    expect(runs()).toBe(true);
    test.kill('SIGKILL');
    await once(test, 'exit');
    await expect.poll(runs).toBe(false);
  },
);
