import type { Verb } from '../command-line/verb.ts';

const help = `
Example:
  oriel bundle lint bundle.yaml --overlay keystone.yaml`;

/** `oriel bundle`: bundles of Juju; the verbs below it are in files of their own. */
export const bundle: Verb = (program) => {
  program.command('bundle').description('bundles of Juju: lint them').addHelpText('after', help);
};
