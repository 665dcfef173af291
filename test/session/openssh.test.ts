import { describe } from 'vitest';
import { sessionContract } from './contract.ts';
import { overOpenSsh } from './kinds/openssh.ts';
import { noOpenSsh } from './openssh.ts';

describe.skipIf(noOpenSsh)(`Debian's OpenSSH server${noOpenSsh}`, () => sessionContract(overOpenSsh));
