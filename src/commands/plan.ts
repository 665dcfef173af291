import type { Verb } from './command.ts';

export const plan: Verb = () => {};
