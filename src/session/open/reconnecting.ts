import type { Session } from '../session.ts';

/** A session that can be opened anew by whoever holds it, for all who hold it. `open` opens each link; throws what it throws. */
export async function reconnecting(open: (signal?: AbortSignal) => Promise<Session>): Promise<Session> {
  let current = await open();
  return {
    kind: 'node',
    ...(current.onController && { onController: true }),
    get node() {
      return current.node;
    },
    get hello() {
      return current.hello;
    },
    call: (call, options) => current.call(call, options),
    put: (source, target, options) => current.put(source, target, options),
    get: (source, target, options) => current.get(source, target, options),
    close: () => current.close(),
    async reconnect(signal) {
      // What is left of the old link may not even answer a goodbye.
      void current.close().catch(() => {});
      current = await open(signal);
    },
  };
}
