import { once } from 'node:events';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shareFunctions } from '../../../src/sandbox/agent/windows/share.ts';
import type { StandIn } from '../../../src/sandbox/node/backing.ts';
import { memoryOf } from '../../../src/sandbox/node/memory.ts';
import { type ModelServer, serveModel } from '../../../src/sandbox/powershell/model/server.ts';
import { aSimulatedNode, temporaryFolder } from '../stand-ins.ts';

const one = await temporaryFolder();
const other = await temporaryFolder();
let nodes: readonly [StandIn, StandIn];
let models: readonly [ModelServer, ModelServer];

beforeAll(async () => {
  const shared = memoryOf(one.folder);
  nodes = [
    { ...(await aSimulatedNode(one.folder)), shared },
    { ...(await aSimulatedNode(other.folder)), shared },
  ];
  models = [await serveModel(nodes[0]), await serveModel(nodes[1])];
});
afterAll(async () => {
  for (const model of models) await model.close();
  for (const { remove } of [one, other]) await remove();
});

/** Sends a line to the model of a node; gives the line that it answers, or undefined where it cuts the link. */
async function send({ environment }: ModelServer, line: string): Promise<string | undefined> {
  const [host, port] = environment.ORIEL_SANDBOX_MODEL.split(':');
  const socket = connect(Number(port), host);
  await once(socket, 'connect');
  socket.write(`${line}\n`);
  const lines = createInterface(socket)[Symbol.asyncIterator]();
  const { value } = await lines.next();
  socket.destroy();
  return value;
}

async function ask(model: ModelServer, cmdlet: string, parameters: object): Promise<unknown> {
  const token = model.environment.ORIEL_SANDBOX_TOKEN;
  return JSON.parse((await send(model, JSON.stringify({ token, cmdlet, parameters }))) ?? 'null');
}

describe('the model of a sandbox', () => {
  it('answers who knows the token of the node, and no one else', async () => {
    const request = { cmdlet: 'Get-Cluster', parameters: {} };
    expect(await ask(models[0], 'Get-Cluster', {})).toMatchObject({ rows: [{ Name: 'S2D-CL1' }] });
    for (const token of ['', 'x', models[1].environment.ORIEL_SANDBOX_TOKEN])
      expect(await send(models[0], JSON.stringify({ token, ...request }))).toBeUndefined();
    expect(await send(models[0], 'no JSON')).toBeUndefined();
  });

  it('names errors as the cmdlets do', async () => {
    expect(await ask(models[0], 'Get-SmbShare', { Name: ['none'] })).toMatchObject({
      error: { kind: 'CmdletizationQuery_NotFound_Name', category: 'ObjectNotFound' },
    });
    expect(await ask(models[0], 'Get-HotFix', {})).toMatchObject({
      error: { kind: 'CommandNotFoundException' },
    });
  });

  it('lets all nodes see a share of a clustered file server, and each its own', async () => {
    const share = { Path: 'C:\\Windows', FullAccess: ['BUILTIN\\Administrators'] };
    await ask(models[0], 'New-SmbShare', { Name: 'wide', ScopeName: 'SOFS1', ...share });
    await ask(models[0], 'New-SmbShare', { Name: 'own', ...share });
    expect(await ask(models[1], 'Get-SmbShare', { Name: ['wide', 'w*'] })).toMatchObject({
      rows: [{ ScopeName: 'SOFS1' }, { Name: 'wide' }],
    });
    expect(await ask(models[1], 'Get-SmbShare', { Name: 'own' })).toHaveProperty('error');
    await ask(models[1], 'Remove-SmbShare', { InputObject: [{ Name: 'wide', ScopeName: 'SOFS1' }] });
    expect(await ask(models[0], 'Get-SmbShare', { Name: 'wide' })).toHaveProperty('error');
  });

  it('has one state with the calls of the stand-in', async () => {
    const context = { node: nodes[0], signal: new AbortController().signal, progress: () => {} };
    const found = () => shareFunctions['Get-ShareState']({ name: 'images', scope: 'SOFS1' }, context);
    expect(await found()).toMatchObject({ exists: true, encryptData: true });
    await ask(models[0], 'Set-SmbShare', { Name: 'images', EncryptData: false });
    await ask(models[0], 'Block-SmbShareAccess', { Name: 'images', AccountName: 'Everyone' });
    expect(await found()).toMatchObject({
      encryptData: false,
      access: [{ account: 'Everyone', rights: 'Full', deny: true }, {}, {}],
    });
    await shareFunctions['Remove-Share']({ name: 'images', scope: 'SOFS1' }, context);
    expect(await ask(models[1], 'Get-SmbShareAccess', { Name: 'images' })).toHaveProperty('error');
  });
});
