import type { Verb } from './command.ts';

export const verify: Verb = () => {};
