import type { Verb } from './command.ts';

export const remove: Verb = () => {};
