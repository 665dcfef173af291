import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { agentLaunch } from '../../src/session/agent-link/launch.ts';
import { dotNetPattern } from '../../src/session/agent-link/packed-protocol.ts';
import { callNames } from './protocol-schema.ts';

const { command, sourceLine } = agentLaunch();
const text = gunzipSync(Buffer.from(sourceLine, 'base64')).toString('utf8');

describe('the source of the agent', () => {
  it('is one line of base64, the same every time, and stays small', () => {
    expect(sourceLine).toMatch(/^[A-Za-z0-9+/]+=*\n$/);
    expect(agentLaunch().sourceLine).toBe(sourceLine);
    expect(sourceLine.length).toBeLessThan(48_000);
  });

  it('is pure ASCII and holds every call and the list of cmdlets', () => {
    expect(text).toMatch(/^[\n\x20-\x7e]*$/);
    for (const name of [...callNames, 'bye']) expect(text).toContain(`$Calls['${name}'] = {`);
    expect(text).toContain("'Get-SmbShare'");
  });

  it('spells the folder of ours on a node once', () => {
    const spelled = text.match(/ProgramData\\oriel|CommonApplicationData'\), 'oriel'/g);
    expect(spelled).toEqual(['ProgramData\\oriel', "CommonApplicationData'), 'oriel'"]);
  });

  it('defines its tables before a call uses them and starts nothing by itself', () => {
    expect(text.indexOf('$Calls = @{}')).toBeGreaterThan(0);
    expect(text.indexOf('$Calls = @{}')).toBeLessThan(text.indexOf("$Calls['"));
    expect(text).not.toMatch(/^Start-Agent/m);
  });
});

describe('a pattern of the schema', () => {
  it.each([
    ['^[a-z._$]{1,9}$', '^[a-z._$]{1,9}\\z'],
    ['^(A|B\\.)x', '^(A|B\\.)x'],
  ])('%s ends for .NET where it ends for JavaScript', (pattern, expected) => {
    expect(dotNetPattern(pattern)).toBe(expected);
  });

  it.each(['^\\d+$', '^\\w', 'a.b', '^a$|^b$', '(?<name>a)', '[\\s]', '\\p{L}', 'a\\b'])(
    '%s is refused: .NET would read it otherwise',
    (pattern) => {
      expect(() => dotNetPattern(pattern)).toThrow(TypeError);
    },
  );
});

describe('the launch line', () => {
  const encoded = command.split(' ').at(-1) ?? '';
  const script = Buffer.from(encoded, 'base64').toString('utf16le');

  it('is short enough for every shell and has nothing that one would read differently', () => {
    expect(encoded.length).toBeLessThan(3000);
    expect(command).toMatch(/^[A-Za-z0-9+/= -]+$/);
  });

  it('never names $input, as the host would then read standard input itself', () => {
    expect(script).not.toMatch(/\$input/i);
    expect(script).toContain('Start-Agent $r');
  });
});
