import type { Verb } from './command.ts';

export const init: Verb = () => {};
