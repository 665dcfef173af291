import type { Verb } from './command.ts';

export const lock: Verb = () => {};
