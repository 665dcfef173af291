import { sessionContract } from './contract.ts';
import { overSsh } from './kinds/ssh.ts';

sessionContract(overSsh);
