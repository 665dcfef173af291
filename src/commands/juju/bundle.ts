import type { Verb } from '../command-line/verb.ts';

const help = `
Examples:
  oriel bundle build site.yaml
  oriel bundle lint bundle.yaml --overlay keystone.yaml`;

/** `oriel bundle`: bundles of Juju; the verbs below it are in files of their own. */
export const bundle: Verb = (program) => {
  program.command('bundle').description('bundles of Juju: make and lint them').addHelpText('after', help);
};
