import type { Verb } from './command.ts';

export const render: Verb = () => {};
