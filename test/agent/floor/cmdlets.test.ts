import { expect, it } from 'vitest';
import { cmdletProblems, cmdletRule } from '../../../scripts/check/powershell/cmdlets.ts';
import { powershellParser } from '../../../scripts/check/powershell/parse.ts';
import { allowedFindings } from '../../../scripts/check/powershell.ts';
import type { CmdletFacts } from '../../../scripts/floor/facts.ts';

const sets = [{ Name: 'string?@' }];
const facts = new Map<string, CmdletFacts>([
  ['Get-Late', { module: 'Late', on: { 'Server 2012': null, 'Server 2012 R2': null, 'Server 2016': sets } }],
  ['Get-Grown', { module: 'Grown', on: { 'Server 2012': sets, 'Server 2016': [{ Name: '', Level: '' }] } }],
]);

it('a cmdlet has to be on every Windows that there are facts of', async () => {
  const rule = cmdletRule(facts);
  const script = (await powershellParser())("Get-Late -Name 'x'\nGet-Grown -Name 'x'\nGet-Grown -Level 1\n");
  expect(rule(script)).toEqual([
    { line: 1, message: 'Get-Late is not on Windows Server 2012, Server 2012 R2' },
    { line: 3, message: 'Get-Grown has no -Level on Windows Server 2012' },
  ]);
  expect(cmdletProblems('Get-Grown', facts)).toEqual([]);
});

it('a cmdlet on the list of allowed ones, too', () => {
  const list = '[\n  "Get-SmbShare",\n  "Get-Invented",\n  "Get-HealthFault",\n  "Test-NetConnection"\n]\n';
  expect(allowedFindings(list)).toEqual([
    {
      file: 'agent/allowed-cmdlets.json',
      line: 3,
      message: expect.stringContaining('Get-Invented is not in scripts/floor/cmdlets.json'),
    },
  ]);
});
