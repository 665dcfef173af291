import type { Connections } from '../../src/plan/observe/make-plan.ts';
import { type File, file, saltedDigest } from '../../src/resources/file/resource.ts';
import { httpHealth } from '../../src/resources/http-health/resource.ts';
import { type Declaration, declare, idOf } from '../../src/resources/model/resource.ts';
import { service } from '../../src/resources/service/resource.ts';
import type { AgentCall, Session } from '../../src/session/session.ts';

const salt = 'a salt';
export const files = 18;
const names = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `node-${index}`);
export const contentOf = (index: number): string => `file ${index} `.repeat(100);
export const pathOf = (index: number): string => `C:\\etc\\${index}.conf`;

/** Twenty things on each node: eighteen files, the service that reads them, and its health, which the next node waits for. */
export function thingsOn(nodes: number, port = 9292): readonly Declaration[] {
  let last: readonly string[] = [];
  return names(nodes).flatMap((node) => {
    const read = Array.from({ length: files }, (_, index) => {
      const spec: File = {
        ensure: 'present',
        path: pathOf(index),
        content: contentOf(index),
        salt,
        stamps: [],
      };
      return declare({ resource: file, node, component: 'glance', name: `${index}.conf`, needs: [], spec });
    });
    const needs = read.map(idOf);
    const spec = {
      ensure: 'present',
      name: 'api',
      status: 'Running',
      startMode: 'Auto',
      timeout: 60,
    } as const;
    const api = declare({
      resource: service,
      node,
      component: 'glance',
      name: 'api',
      needs,
      after: last,
      restartsAfter: needs,
      spec,
    });
    const url = `http://127.0.0.1:${port}/healthcheck`;
    const health = declare({
      resource: httpHealth,
      node,
      component: 'glance',
      name: 'api',
      needs: [idOf(api)],
      spec: { url, wait: 60 },
    });
    last = [idOf(health)];
    return [...read, api, health];
  });
}

/** Nodes in memory on which all of it is in sync; each answers after a turn of the event loop, as a socket would. */
export function sessionsTo(nodes: number): Connections {
  const digests = Array.from({ length: files }, (_, index) => saltedDigest(contentOf(index), salt));
  const answers: Readonly<Record<string, (call: AgentCall) => unknown>> = {
    'Get-FileState': ({ path }) => ({
      kind: 'file',
      digest: digests[Number.parseInt(String(path).slice(7), 10)],
    }),
    'Get-ServiceState': () => ({ exists: true, status: 'Running', startMode: 'Auto' }),
    'Test-Http': () => ({ ok: true, status: 200 }),
  };
  const session = (node: string): Session => ({
    kind: 'node',
    node,
    hello: { hello: 1, agent: '1', powershell: '0.0', pid: 1, platform: 'simulated' },
    call: async <Result>(call: AgentCall) => {
      await new Promise((resolve) => setImmediate(resolve));
      return answers[call.call]?.(call) as Result;
    },
    put: () => Promise.reject(new TypeError('a plan brings nothing')),
    get: () => Promise.reject(new TypeError('a plan takes nothing')),
    close: async () => {},
  });
  return new Map(names(nodes).map((node) => [node, session(node)]));
}
