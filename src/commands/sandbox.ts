import type { Verb } from './command.ts';

export const sandbox: Verb = () => {};
