import { describe, expect, it } from 'vitest';
import { CallError } from '../../src/errors.ts';
import type { AgentCall, Session } from '../../src/session/session.ts';
import { askOnce } from '../../src/verify/questions.ts';
import { sessionOf } from './storage/harness.ts';

const shares = (...select: readonly string[]): AgentCall => ({
  ...{ call: 'Invoke-Cmdlet', name: 'Get-SmbShare', parameters: {}, select },
});
const row = { Name: 'images', Path: 'C:\\images', EncryptData: true };
const about = (call: AgentCall) => ({ node: 'n1', call });

/** A node that answers so, and what it was asked. */
function asked(answer: (call: AgentCall) => unknown): { session: Session; calls: AgentCall[] } {
  const calls: AgentCall[] = [];
  const note = (call: AgentCall): unknown => {
    calls.push(call);
    return answer(call);
  };
  return { session: sessionOf('n1', { 'Get-SmbShare': note }), calls };
}

describe('the questions of a run', () => {
  it('are asked once, for the properties that all of them want', async () => {
    const { session, calls } = asked(() => [row]);
    const ask = askOnce([shares('Name', 'Path'), shares('Name', 'EncryptData')].map(about));
    const told = await Promise.all([
      ask(session, shares('Name', 'Path')),
      ask(session, shares('Name', 'EncryptData')),
    ]);
    expect(told).toEqual([[row], [row]]);
    expect(calls).toEqual([shares('Name', 'Path', 'EncryptData')]);
  });

  it('are asked again for a property that nobody has told of', async () => {
    const { session, calls } = asked(() => [row]);
    const ask = askOnce([about(shares('Name'))]);
    await ask(session, shares('Name'));
    expect(await ask(session, shares('Path'))).toEqual([{ Name: 'images', Path: 'C:\\images' }]);
    expect(calls).toEqual([shares('Name'), shares('Name', 'Path')]);
  });

  it('are others on another node, and with other parameters', async () => {
    const { session, calls } = asked(() => []);
    const ask = askOnce([{ node: 'n2', call: shares('Path') }]);
    await ask(session, shares('Name'));
    await ask(session, { ...shares('Name'), parameters: { Name: 'images' } });
    expect(calls.map(({ select }) => select)).toEqual([['Name'], ['Name']]);
  });

  it('are asked alone where a property of others cannot be read', async () => {
    const { session, calls } = asked(({ select }) => {
      if (!(select as string[]).includes('Broken')) return [row];
      return new CallError('n1', 'Get-SmbShare', 'GetValueInvocationException', 'no');
    });
    const ask = askOnce([shares('Name'), shares('Broken')].map(about));
    expect(await ask(session, shares('Name'))).toEqual([{ Name: 'images' }]);
    await expect(ask(session, shares('Broken'))).rejects.toThrow('no');
    expect(calls.map(({ select }) => select)).toEqual([['Name', 'Broken'], ['Name'], ['Broken']]);
  });
});
