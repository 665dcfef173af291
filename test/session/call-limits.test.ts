import { describe, expect, it } from 'vitest';
import { callLimitMs, longerCalls, usualSeconds } from '../../src/session/agent-link/call-limits.ts';
import { readProtocolSchema } from '../../src/session/agent-link/protocol-schema.ts';

const { calls } = readProtocolSchema();
const names = Object.keys(calls);

describe('the limit of a call', () => {
  it.each(names)('of %s is there, and long enough to work in', (name) => {
    expect(callLimitMs({ call: name })).toBeGreaterThanOrEqual(usualSeconds * 1000);
  });

  it('is longer for what the table names, which are calls without a timeout of their own', () => {
    for (const [name, seconds] of Object.entries(longerCalls)) {
      expect(names).toContain(name);
      expect(calls[name]?.properties, name).not.toHaveProperty('timeout');
      expect(callLimitMs({ call: name })).toBe(seconds * 1000);
      expect(seconds).toBeGreaterThan(usualSeconds);
    }
  });

  it('is that of its parameter and some more, and the usual one for a call that nobody knows', () => {
    expect(callLimitMs({ call: 'Invoke-Process', timeout: 600 })).toBe(630_000);
    expect(callLimitMs({ call: 'Get-Nothing' })).toBe(60_000);
  });
});
