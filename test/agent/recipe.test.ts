import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { callTable } from '../../scripts/check/agent-table.ts';
import { agentTypes } from '../../scripts/check/agent-types.ts';
import { checkedBy } from '../../src/sandbox/agent/call/function.ts';
import { readProtocolSchema } from '../../src/session/agent-link/protocol-schema.ts';
import { aStandIn } from '../sandbox/stand-ins.ts';
import { converse, requestLine } from './conversation.ts';
import { type PowerShell, shell, startAgent } from './real-agent.ts';

// The recipe for an agent function in CONTRIBUTING.md, followed in a copy of agent/.
const folder = mkdtempSync(join(tmpdir(), 'oriel-recipe-'));
const agent = join(folder, 'agent');
cpSync(join(import.meta.dirname, '..', '..', 'agent'), agent, { recursive: true });
afterAll(() => rmSync(folder, { recursive: true, force: true }));

// 1: what it takes and gives.
const schemaFile = join(agent, 'protocol.schema.json');
const schema = JSON.parse(readFileSync(schemaFile, 'utf8'));
schema.$defs.calls['Get-Greeting'] = {
  type: 'object',
  description: 'an example',
  required: ['service'],
  properties: { service: { $ref: '#/$defs/serviceName' }, loud: { type: 'boolean' } },
  additionalProperties: false,
};
schema.$defs.results['Get-Greeting'] = {
  type: 'object',
  required: ['text'],
  properties: { text: { type: 'string' } },
  additionalProperties: false,
};
writeFileSync(schemaFile, JSON.stringify(schema));

// 2: what the agent does.
writeFileSync(
  join(agent, 'calls', 'system', 'Get-Greeting.ps1'),
  `$Calls['Get-Greeting'] = {
    param($Request)
    @{ text = "hello $($Request['service'])" }
}
`,
);

// 3: what the stand-in does.
const greet = async (parameters: unknown) => ({
  text: `hello ${(parameters as { service: string }).service}`,
});

describe('an agent function that is added in three places', () => {
  it('has its types and its row of the page', () => {
    const protocol = readProtocolSchema(schemaFile);
    expect(callTable(protocol)).toContain(
      '| `Get-Greeting` | `service`, `loud?: bool` | `{text}`; an example |',
    );
    const types = agentTypes(protocol);
    expect(types).toContain(
      "readonly 'Get-Greeting': { readonly service: string; readonly loud?: boolean };",
    );
    expect(types).toContain("readonly 'Get-Greeting': { readonly text: string };");
  });

  it('is answered by the stand-in, which refuses what the schema does not allow', async () => {
    const run = checkedBy(readProtocolSchema(schemaFile), 'Get-Greeting', greet);
    const context = { node: aStandIn({} as never), signal: new AbortController().signal, progress: () => {} };
    expect(await run({ service: 'Spooler' }, context)).toEqual({ text: 'hello Spooler' });
    const refused = expect.objectContaining({
      kind: 'BadParameter',
      message: 'service is not a valid name of a service',
    });
    await expect(run({ service: 'a/b' }, context)).rejects.toEqual(refused);
  });

  it.skipIf(shell === undefined)(
    'is answered by the agent, which refuses the same',
    { timeout: 60_000 },
    async () => {
      const conversation = await converse(
        (await startAgent(shell as PowerShell, { directory: agent })).agent,
      );
      const ask = async (request: object) =>
        (await conversation.ask(requestLine({ id: 1, call: 'Get-Greeting', ...request }))).answer;
      expect(await ask({ service: 'Spooler' })).toEqual({ id: 1, result: { text: 'hello Spooler' } });
      expect(await ask({ service: 'a/b' })).toMatchObject({
        error: { kind: 'BadParameter', message: 'Get-Greeting: service is not a valid name of a service' },
      });
      expect(await ask({ service: 'Spooler', loud: 'yes' })).toMatchObject({
        error: { kind: 'BadParameter' },
      });
      await conversation.close();
    },
  );
});
