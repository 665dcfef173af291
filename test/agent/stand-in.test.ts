import { createInterface } from 'node:readline';
import { PassThrough } from 'node:stream';
import { afterAll, describe, it } from 'vitest';
import { cacheDirectory } from '../../src/payload/cache/cache.ts';
import { speak } from '../../src/sandbox/agent/speaker.ts';
import type { StandIn } from '../../src/sandbox/node/backing.ts';
import { nodeFolder } from '../../src/sandbox/node/node-folder.ts';
import { wineBacking } from '../../src/sandbox/wine/backing.ts';
import { whyNoWine, wineAvailable } from '../../src/sandbox/wine/prefix.ts';
import { aSimulatedNode, aStandIn, temporaryFolder } from '../sandbox/stand-ins.ts';
import { agentContract } from './contract.ts';
import type { AgentLines } from './conversation.ts';
import { expectNumberedLines } from './numbered.ts';

const { folder, remove } = await temporaryFolder();
const opened: StandIn[] = [];

function converseWith(node: StandIn): AgentLines {
  opened.push(node);
  const [input, output] = [new PassThrough(), new PassThrough()];
  const done = speak(node, input, output).then(() => output.end());
  input.write('source\n');
  return {
    send: (line) => void input.write(`${line}\n`),
    lines: createInterface({ input: output }),
    close: () => {
      input.end();
      return done.then(() => {});
    },
  };
}

afterAll(async () => {
  for (const node of opened) await node.backing.close();
  await remove();
});

agentContract({
  title: 'stand-in, simulated',
  platform: 'simulated',
  base: 'C:\\Windows\\Temp\\oriel-contract',
  open: async () => converseWith(await aSimulatedNode(folder)),
});

it('the stand-in carries out a numbered line once, and only whole', async () => {
  await expectNumberedLines(converseWith(await aSimulatedNode(folder)));
});

if (await wineAvailable())
  agentContract({
    title: 'stand-in, Wine',
    platform: 'wine',
    base: 'C:\\Windows\\Temp\\oriel-contract',
    open: async () => {
      const place = await nodeFolder(folder, 'glance-1', 'wine', []);
      return converseWith(aStandIn(await wineBacking(place, cacheDirectory(), () => {})));
    },
  });
else describe('the contract of the agent: stand-in, Wine', () => it.skip(whyNoWine));
