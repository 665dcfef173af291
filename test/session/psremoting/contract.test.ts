import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StandIn } from '../../../src/sandbox/node/backing.ts';
import type { Session } from '../../../src/session/session.ts';
import { leftOut, whole } from '../../extent.ts';
import { aSimulatedNode, temporaryFolder } from '../../sandbox/stand-ins.ts';
import { callCases } from '../contract/calls.ts';
import { type Served, sessionContract } from '../contract.ts';
import { noPsremoting, overPsremoting } from '../kinds/psremoting.ts';
import { hello } from '../scripted.ts';

// Each session starts two PowerShells: the sample has one for all its cases.
describe.skipIf(noPsremoting || !whole)(
  `the contract${noPsremoting || (whole ? '' : `: ${leftOut}`)}`,
  () => {
    sessionContract(overPsremoting);
  },
);

describe.skipIf(noPsremoting)(`one session through PowerShell remoting${noPsremoting}`, () => {
  let node: StandIn;
  let served: Served;
  let session: Session;
  let folder: string;
  let remove: () => Promise<void>;
  beforeAll(async () => {
    const place = await temporaryFolder();
    ({ folder, remove } = place);
    node = await aSimulatedNode(folder);
    served = await overPsremoting.serve(node, folder);
    session = await served.open();
  });
  afterAll(async () => {
    await session?.close();
    await served?.close();
    await node?.backing.close();
    await remove?.();
  });

  it('situation 12: prints words whole, wherever their bytes are cut', async () => {
    const text = 'a \u2264 \u{1f313} b';
    const printed: string[] = [];
    const { open, close } = await overPsremoting.script((streams) => {
      for (const byte of Buffer.from(`${text}\r\n${hello}`)) streams.write(Buffer.from([byte]));
    }, folder);
    const scripted = await open({ onNoise: (line) => printed.push(line) });
    expect(printed).toEqual([text]);
    await scripted.close();
    await close();
  });

  callCases(() => ({ served: { open: async () => ({ ...session, close: async () => {} }) } }));
});
