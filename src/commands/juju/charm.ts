import type { Verb } from '../command-line/verb.ts';

const help = `
Examples:
  oriel charm build site.yaml
  oriel charm lint dist/*.charm`;

/** `oriel charm`: charms of Juju; the verbs below it are in files of their own. */
export const charm: Verb = (program) => {
  program.command('charm').description('charms of Juju: build and lint them').addHelpText('after', help);
};
