import { error, type RuleDescription, warning } from './rule.ts';

/** The rules for bundles and overlays; Juju's client verifies most of them, and nobody the others. */
export const bundleRules = {
  'bundle-unknown-key': error(
    'The top of a bundle has only keys that Juju reads. It drops others, and what is below them.',
  ),
  'bundle-type': error('Applications, machines and saas are maps, relations a list. Juju refuses others.'),
  'bundle-kind': error('`bundle` is kubernetes or absent. A bundle for Kubernetes has no machines.'),
  'bundle-base': error('A base is SYSTEM@CHANNEL. Juju 3 and later refuse others.'),
  'bundle-series': error('A series is a name such as jammy. Juju refuses others.'),
  'bundle-saas': error('Every entry below `saas` is a map with a URL. Juju refuses others.'),
  'first-document': error(
    'The first document is right without overlays. The client of Juju 3.2 and later verifies it alone, although overlays are given.',
  ),
  'applications-missing': error('A bundle has an application at least. Juju refuses it otherwise.'),
  'application-name': error(
    'The name of an application has small letters, digits and hyphens. Juju refuses others.',
  ),
  'application-empty': error(
    'An application has keys. Only in an overlay, an empty one removes the application.',
  ),
  'application-unknown-key': error(
    'An application has only keys that Juju reads. It drops others without a word.',
  ),
  'application-type': error('Each value of an application has the type that Juju reads. It refuses others.'),
  'application-units': error(
    '`num_units` is not negative and stands without `scale`. Juju refuses both together.',
  ),
  'application-to': error(
    '`to` has at most one place for each unit, each a machine, container or application. Juju refuses others.',
  ),
  'application-storage': error('Storage has a pool, a count or a size. Juju refuses others.'),
  'application-devices': error('A device has a count, a type and attributes. Juju refuses others.'),
  'overlay-only': error(
    'Offers and exposed endpoints stand in an overlay. Juju refuses them in the first document.',
  ),
  constraints: error('Constraints are known keys with values, each once. Juju refuses others.'),
  'include-missing': error(
    'Included files are there, relative to the bundle. The deployment ends in its middle otherwise.',
  ),
  'exposed-endpoints': error(
    '`exposed-endpoints` stands without `expose: true` and names CIDRs. Juju refuses others.',
  ),
  'offer-endpoint': error('An offer names endpoints. Juju refuses other words.'),
  'charm-missing': error('Every application has a charm. Juju refuses one without.'),
  'charm-path': error('The path of a charm exists, relative to the bundle. Juju refuses others.'),
  'charm-url': error('A charm has a name, `ch:` or `local:`. The store `cs:` is gone.'),
  'charm-revision': error(
    'The revision stands in its own key. Juju refuses one in the name of a charm of the store.',
  ),
  'charm-channel': error(
    'A revision has a channel. Juju refuses one without, as a refresh would not know where to look.',
  ),
  'charm-scheme': warning(
    'A charm of the store has `ch:` before its name. Without it, the same bundle fails the second time.',
  ),
  'machine-id': error('Machines have numbers. Juju refuses other names.'),
  'machine-unknown-key': error(
    'A machine has constraints, annotations, series and base. Juju drops others without a word.',
  ),
  'machine-unused': error('A unit is placed on every machine. Juju refuses a machine that nothing uses.'),
  'machine-unknown': error('A place names a machine below `machines`. Juju refuses others.'),
  'place-unknown': error('A place names an application of the bundle. Juju refuses others.'),
  'place-unit': error('A place names a unit that its application has. Juju refuses others.'),
  'saas-url': error('The URL of an offer is [CONTROLLER:][USER/]MODEL.OFFER. Juju refuses others.'),
  'saas-unknown-key': error('An entry below `saas` has a URL alone. Juju drops other keys without a word.'),
  'saas-twice': error('A name is an application or an offer. Juju refuses relations to one that is both.'),
  'image-base': error(
    'An application with the constraint image-id names its base. Juju refuses one without.',
  ),
  'relation-ends': error('A relation has two ends. Juju refuses others.'),
  'relation-self': error('A relation has two applications. Juju refuses one with itself.'),
  'relation-unknown': error('A relation names applications or offers of the bundle. Juju refuses others.'),
  'relation-endpoint': error(
    'A relation names an endpoint that the charm has. Juju finds it out when other applications are there already.',
  ),
  'relation-role': error('One end of a relation provides and the other requires. Juju refuses others.'),
  'relation-peers': error(
    'Nobody relates an endpoint for peers: Juju does it by itself, and refuses it here.',
  ),
  'option-unknown': error(
    'Options are those of the charm. Juju finds it out when other applications are there already.',
  ),
  'option-type': error(
    'Values have the type of their option, as YAML 1.1 reads them: NO, on and 0123 need quotes.',
  ),
  'option-null': warning('No option is null. Juju unsets it without a word.'),
  'binding-unknown': error('Bindings name endpoints of the charm. Juju refuses others.'),
  'resource-missing': error(
    'A local charm gets a file for each of its resources. Juju 3 refuses the bundle otherwise.',
  ),
  'resource-unknown': error('Resources are those of the charm. Juju refuses others.'),
  'resource-path': error('The file of a resource exists, relative to the bundle. Juju refuses others.'),
  'resource-empty': error('The file of a resource is not empty. Some controllers of Juju 4 refuse it.'),
  'subordinate-units': error('A subordinate has no units and no places. Juju refuses both.'),
  'mysql-router': error(
    'Charms of oriel are related to the database itself. mysql-router listens on 127.0.0.1, which no Windows node reaches.',
  ),
} as const satisfies Readonly<Record<string, RuleDescription>>;
