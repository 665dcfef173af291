import type { Verb } from './command.ts';

export const options: Verb = () => {};
