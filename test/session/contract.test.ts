import { sessionContract } from './contract.ts';
import { overPipes } from './kinds/piped.ts';
import { overSsh } from './kinds/ssh.ts';

for (const kind of [overSsh, overPipes]) sessionContract(kind);
