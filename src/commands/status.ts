import type { Verb } from './command.ts';

export const status: Verb = () => {};
