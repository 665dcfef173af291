import type { Verb } from './command.ts';

export const build: Verb = () => {};
