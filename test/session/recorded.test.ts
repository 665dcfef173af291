import { sessionContract } from './contract.ts';
import { recordedKinds } from './kinds/recorded.ts';

for (const kind of recordedKinds()) sessionContract(kind);
