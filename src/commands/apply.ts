import type { Verb } from './command.ts';

export const apply: Verb = () => {};
