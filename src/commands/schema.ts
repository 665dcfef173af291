import type { Verb } from './command.ts';

export const schema: Verb = () => {};
