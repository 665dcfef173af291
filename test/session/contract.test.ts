import { sessionContract } from './contract.ts';
import { overLocalProgram } from './kinds/local.ts';
import { overPipes } from './kinds/piped.ts';
import { overSsh } from './kinds/ssh.ts';
import { overHttp, overHttps } from './kinds/winrm.ts';

for (const kind of [overSsh, overPipes, overLocalProgram, overHttp, ...overHttps]) sessionContract(kind);
