import type { RequestListener } from 'node:http';
import { describe, expect, test } from 'vitest';
import { issueToken } from '../../src/openstack/tokens.ts';
import { Secret } from '../../src/secret.ts';
import { whileServing } from './server.ts';

const password = 'canary password';

/** Asks for a token from a server on loopback that answers as told; `path` is appended to its URL. */
function tokenFrom(listener: RequestListener, path = '/v3'): Promise<Secret> {
  const names = { username: 'glance', project: 'service', userDomain: 'Default', projectDomain: 'Default' };
  const secret = new Secret('keystone_password', password);
  return whileServing(listener, (url) =>
    issueToken({ authUrl: `${url}${path}`, password: secret, ...names }),
  );
}

describe('issueToken', () => {
  test.each(['/v3', '/v3/', '', '/'])('asks by password for a scoped token at %s', async (path) => {
    let asked: unknown;
    const token = await tokenFrom((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk) => chunks.push(chunk));
      request.on('end', () => {
        asked = { url: request.url, body: JSON.parse(Buffer.concat(chunks).toString()) };
        response.writeHead(201, { 'x-subject-token': 'the token' }).end('{}');
      });
    }, path);
    expect(token.reveal()).toBe('the token');
    expect(String(token)).toBe('[secret:token]');
    expect(asked).toEqual({
      url: '/v3/auth/tokens',
      body: {
        auth: {
          identity: {
            methods: ['password'],
            password: { user: { name: 'glance', domain: { name: 'Default' }, password } },
          },
          scope: { project: { name: 'service', domain: { name: 'Default' } } },
        },
      },
    });
  });

  test('says why it was refused, and never the password', async () => {
    const refused = tokenFrom((_, response) =>
      response.writeHead(401).end(`{"error":{"message":"not authorised: ${password}"}}`),
    );
    await expect(refused).rejects.toThrow(/auth\/tokens: status 401.*not authorised/);
    await refused.catch((error) => expect(`${error.message}${error.stack}`).not.toContain(password));
  });

  test('says so when something else answers', async () => {
    await expect(tokenFrom((_, response) => response.writeHead(201).end('hello'))).rejects.toThrow(
      'is it the URL of Keystone?',
    );
  });
});
