import type { Verb } from './command.ts';

export const validate: Verb = () => {};
