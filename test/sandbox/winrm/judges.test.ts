import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { whole } from '../../extent.ts';
import { judgesPython } from '../../judges/judges.ts';
import { temporaryFolder } from '../stand-ins.ts';
import { aWinRmNode, client, issuer, password, type Served } from './serve.ts';

const judges = judgesPython();
const { folder, remove } = await temporaryFolder();
const files = {
  ca: join(folder, 'ca.pem'),
  certificate: join(folder, 'client.pem'),
  key: join(folder, 'client.key'),
};
let served: Served;

beforeAll(async () => {
  served = await aWinRmNode();
  await writeFile(files.ca, issuer);
  await writeFile(files.certificate, client.certificate);
  await writeFile(files.key, client.key);
});
afterAll(async () => {
  await served.close();
  await remove();
});

/** What both clients of test/sandbox/winrm/judge.py have to say of the service. */
async function judge(
  python: string,
  scheme: 'http' | 'https',
  auth: string,
  bytes: number,
): Promise<unknown> {
  const child = spawn(python, [join(import.meta.dirname, 'judge.py')], { stdio: ['pipe', 'pipe', 'pipe'] });
  const login = { auth, user: 'oriel', password, ...files };
  const where = { host: 'localhost', port: served.server.ports[scheme], ssl: scheme === 'https' };
  child.stdin.end(JSON.stringify({ ...where, ...login, bytes }));
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  if (child.exitCode !== 0) throw new Error(errors);
  return JSON.parse(output);
}

const output = (length: number, content: string, exit = 0, errors = '') => ({
  exit,
  errors,
  length,
  start: content.slice(0, 20),
  sha256: createHash('sha256').update(content).digest('hex'),
});
const megabytes5 = 5 * 1024 * 1024;
/** Of those over TLS, what is sent is the same: one has all of it in the sample. */
const bytesOf = (scheme: string, auth: string): number =>
  whole || scheme === 'http' || auth === 'basic' ? megabytes5 : 160_000;
const given = `first\r\n${'x'.repeat(200_000)}last`;

describe.skipIf('missing' in judges)('clients of others, pypsrp and pywinrm,', () => {
  it.each([
    ['http', 'ntlm', true],
    ['https', 'ntlm', true],
    ['https', 'basic', true],
    ['https', 'certificate', false],
  ] as const)(
    'run commands over %s with %s',
    async (scheme, auth, hasPassword) => {
      const python = 'python' in judges ? judges.python : '';
      const bytes = bytesOf(scheme, auth);
      const common = {
        command: output(5, 'out\r\n', 4_294_967_295, 'err\r\n'),
        much: output(bytes, '0123456789abcdef'.repeat(bytes / 16)),
        input: output(given.length, given),
        timeout: 2150858793,
      };
      expect(await judge(python, scheme, auth, bytes)).toEqual({
        pypsrp: { ...common, ...(hasPassword && { refused: 'AuthenticationError' }) },
        pywinrm: { ...common, ...(hasPassword && { refused: 'InvalidCredentialsError' }) },
      });
      expect(served.server.seen().shells).toBe(0);
    },
    300_000,
  );
});
