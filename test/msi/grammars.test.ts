import { describe, expect, test } from 'vitest';
import { conditionProblem } from '../../src/msi/check/condition.ts';
import { sddlProblem } from '../../src/msi/check/sddl.ts';

describe('the grammar of conditions', () => {
  test.each([
    '',
    'NOT REMOVE',
    'Installed OR VersionNT >= 600',
    'REMOVE="ALL" AND NOT UPGRADINGPRODUCTCODE',
    '(A OR B) AND NOT (C)',
    '$c_1 = 3 AND ?c_1 <> 2',
    '&Main = 3 or !Main = -1',
    '%PATH >< "x" AND A ~= "b"',
    '%PROCESSOR_ARCHITECTURE ~<> "x"',
    'A << "#" XOR B >> 5 EQV C IMP D',
    'NOT NOT A',
    '1',
  ])('%s is one', (text) => expect(conditionProblem(text)).toBeUndefined());
  test.each([
    'A = = B',
    'A B',
    'AND A',
    'A AND',
    '(A',
    'A)',
    'A == B',
    '"x',
    'A = NOT B',
    'A = 1 = 2',
    '[A] = 1',
    "A = 'x'",
    'A && B',
    '()',
  ])('%s is none', (text) => expect(conditionProblem(text)).toBeTypeOf('string'));
});

describe('the grammar of SDDL', () => {
  test.each([
    'D:(A;;FA;;;BA)',
    'O:BAG:SYD:PAI(A;OICI;FA;;;SY)(D;;0x1301bf;;;S-1-5-32-545)S:(AU;SAFA;GA;;;WD)',
    'D:(A;;CCLCSWRPWPDTLOCRRC;;;SY)',
    'D:(A;;GA;;;[Domain\\User])',
    'D:(OA;;RP;bf967950-0de6-11d0-a285-00aa003049e2;;AU)',
    'D:NO_ACCESS_CONTROL',
    'O:S-1-5-21-1-2-3-500',
    'D:(XA;;FX;;;WD;(@User.x == "y"))',
  ])('%s is one', (text) => expect(sddlProblem(text)).toBeUndefined());
  test.each([
    '',
    'nonsense',
    'D:(A;;FA;;BA)',
    'D:(B;;FA;;;BA)',
    'D:(A;XX;FA;;;BA)',
    'D:(A;;QQ;;;BA)',
    'D:(A;;FA;;;Users)',
    'D:(A;;FA;;;BA',
    'D:(A;;FA;;;BA)D:(A;;FA;;;BA)',
    'D:(A;;FA;;;BA) and more',
  ])('%s is none', (text) => expect(sddlProblem(text)).toBeTypeOf('string'));
});
