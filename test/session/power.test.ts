import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SessionError } from '../../src/errors.ts';
import type { StandIn } from '../../src/sandbox/node/backing.ts';
import type { NodeServer } from '../../src/sandbox/server/ssh-server.ts';
import { openSession } from '../../src/session/open/open.ts';
import type { Session } from '../../src/session/session.ts';
import { aSimulatedNode, temporaryFolder } from '../sandbox/stand-ins.ts';
import { aCable, settingsFor, startServed } from './servers.ts';

/** Milliseconds within which a node has to give a sign of life. */
const silence = 3_000;

let folder: string;
let remove: () => Promise<void>;
let node: StandIn;
let server: NodeServer;
let cable: Awaited<ReturnType<typeof aCable>>;
let session: Session;

beforeEach(async () => {
  ({ folder, remove } = await temporaryFolder());
  node = await aSimulatedNode(folder);
  ({ server } = await startServed(node, folder));
  cable = await aCable(server.port);
  session = await openSession(await settingsFor(folder, cable.port), { silence });
});
afterEach(async () => {
  await session.close();
  cable.close();
  await server.close();
  await node.backing.close();
  await remove();
});

/** Nothing but the time since its last sign of life can tell that it is gone: no packet says so. */
describe('a node that loses its power', () => {
  it('ends what waits for its answer, and what is asked later', async () => {
    cable.pull();
    // Lost, and not late: the limit of the call had no part in it.
    const call = session.call({ call: 'Get-Facts' }, { timeout: 600_000 });
    await expect(call).rejects.toMatchObject({ name: 'SessionError', kind: 'lost' });
    await expect(session.call({ call: 'Get-Facts' })).rejects.toThrow(SessionError);
  });

  it('ends an upload in its middle', async () => {
    const source = join(folder, 'source');
    await writeFile(source, randomBytes(64 * 1024 * 1024));
    const progress = (done: number): void => {
      if (done > 1024 * 1024) cable.pull();
    };
    const put = session.put(source, 'C:\\ProgramData\\oriel\\packages\\a.msi', { progress });
    await expect(put).rejects.toMatchObject({ name: 'SessionError', kind: 'lost' });
  });
});
