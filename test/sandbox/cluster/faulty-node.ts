import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeEach } from 'vitest';
import { answerCmdlet } from '../../../src/sandbox/cmdlets/index.ts';
import type { CmdletRow, StandIn } from '../../../src/sandbox/node/backing.ts';
import type { FaultName } from '../../../src/sandbox/node/faults.ts';
import { aSimulatedNode, temporaryFolder } from '../stand-ins.ts';

export interface FaultyNode {
  /** The node of the test at hand: each has a new one. */
  readonly node: () => StandIn;
  /** Which faults are on, until the test ends. */
  readonly turnOn: (...faults: readonly FaultName[]) => void;
  readonly ask: (cmdlet: string, parameters?: CmdletRow) => Promise<readonly CmdletRow[]>;
}

/** A simulated node for each test of the file that calls this, once and outside its tests. */
export async function faultyNode(): Promise<FaultyNode> {
  const { folder, remove } = await temporaryFolder();
  let node: StandIn;
  let on: readonly FaultName[] = [];
  let count = 0;
  afterAll(remove);
  beforeEach(async () => {
    on = [];
    const place = join(folder, String(++count));
    await mkdir(place);
    node = { ...(await aSimulatedNode(place)), faults: { isOn: (name) => on.includes(name) } };
  });
  return {
    node: () => node,
    turnOn: (...faults) => {
      on = faults;
    },
    ask: async (cmdlet, parameters = {}) => answerCmdlet(node, cmdlet, parameters),
  };
}
