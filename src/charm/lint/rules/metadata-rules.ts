import { error, type RuleDescription, warning } from './rule.ts';

/** The rules for metadata.yaml, its endpoints and the things below it, and for YAML at all; the parser is juju/charm v12. */
export const metadataRules = {
  'yaml-syntax': error(
    'Every file is YAML 1.1 as Juju reads it. Juju refuses a charm or bundle with any other.',
  ),
  'yaml-map': error('The top of each file is a map of keys and values. Juju refuses lists and text there.'),
  'yaml-duplicate-key': error('Every key stands once in its map. Juju takes the last one and says nothing.'),
  'metadata-file': error(
    'A charm has metadata.yaml, or charmcraft.yaml that makes it. Juju refuses a charm without.',
  ),
  'metadata-missing': error(
    'A charm has name, summary and description. Juju refuses a charm that lacks one.',
  ),
  'metadata-empty': error(
    'Name, summary and description say something. Juju takes empty text, and the store refuses it.',
  ),
  'metadata-type': error(
    'Each value has the type that Juju reads. Text that looks like a number or a truth value needs quotes.',
  ),
  'metadata-unknown-key': warning(
    'Only keys that Juju or the store reads stand at the top. Juju drops others without a word.',
  ),
  'metadata-name': error(
    'The name has small letters, digits and hyphens, begins with a letter, and has no part of digits alone. Juju refuses others.',
  ),
  'metadata-summary': error('The summary has at most 200 characters. charmcraft refuses a longer one.'),
  'metadata-series': error(
    'Each series is one that a Juju has. No Juju has a series for Windows Server 2022 or later.',
  ),
  'metadata-series-node': warning(
    'A native charm names no series of Windows Server 2012 before R2: Node.js 20 does not run there.',
  ),
  'metadata-format': error(
    'Series go with charms of the first format, `assumes`, `containers` and `charm-user` with bases in manifest.yaml. Juju refuses a mixture.',
  ),
  'metadata-no-base': error(
    'A charm names its series, or its bases in manifest.yaml. Juju 3 and later refuse a charm with neither.',
  ),
  'metadata-min-juju-version': error(
    '`min-juju-version` is a version of three numbers. Juju refuses others.',
  ),
  'metadata-charm-user': error('`charm-user` is root, sudoer or non-root. Juju refuses others.'),
  'metadata-assumes': error(
    '`assumes` is a list of features, versions, `any-of` and `all-of`. Juju refuses what it cannot read.',
  ),
  'metadata-extra-bindings': error(
    '`extra-bindings` names bindings without values, and no endpoint. Juju refuses the charm otherwise.',
  ),
  'relation-interface': error(
    'Every endpoint has an interface. Both ends of a relation have the same one, or Juju refuses the relation.',
  ),
  'relation-name': error(
    'The name of an endpoint has small letters, digits, - and _. A bundle cannot name others.',
  ),
  'relation-reserved': error(
    'Names and interfaces `juju` and `juju-...` belong to Juju. It refuses charms that take them.',
  ),
  'relation-unknown-key': error(
    'An endpoint has the keys interface, limit, optional and scope. Juju drops others without a word.',
  ),
  'relation-type': error('`limit` is a whole number, `optional` true or false. Juju refuses others.'),
  'relation-scope': error('`scope` is global or container. Juju refuses others.'),
  'relation-twice': error(
    'An endpoint has one role, and a bundle names a relation once. Juju refuses the second one.',
  ),
  'relation-interface-name': warning(
    'An interface that is nearly a known one is probably misspelled: nothing can be related to it.',
  ),
  'subordinate-container': error(
    'A subordinate charm requires an endpoint with `scope: container`. Juju refuses one without.',
  ),
  'storage-name': error('The name of storage has small letters, digits and hyphens. Juju refuses others.'),
  'storage-type': error('Storage is a map with the type filesystem or block. Juju refuses others.'),
  'storage-unknown-key': error(
    'Storage has only keys that Juju reads. Juju drops others, and the storage has no such limit.',
  ),
  'storage-location': error('Only a filesystem has a location. Juju refuses one for a block device.'),
  'storage-size': error(
    '`minimum-size` is a number with the unit M, G, T, P, E, Z or Y. Juju refuses others.',
  ),
  'storage-range': error('`multiple` has a range such as 2, 0-10 or 1+. Juju refuses others.'),
  'storage-properties': error('The only property of storage is transient. Juju refuses others.'),
  'devices-type': error('A device is a map with a type. Juju refuses one without.'),
  'devices-count': error('`countmin` is not larger than `countmax`. Juju refuses the charm otherwise.'),
  'payloads-type': error('A payload is a map with a type. Juju refuses one without.'),
  'resources-type': error('A resource is a map of type file or oci-image. Juju refuses others.'),
  'resources-filename': error(
    'A resource of type file has a filename without a folder. Juju refuses others.',
  ),
  'resources-unknown-key': warning(
    'A resource has only keys that Juju reads. Juju drops others without a word.',
  ),
  'containers-type': error('A container is a map of keys. Juju refuses others.'),
  'containers-resource': error(
    'The resource of a container stands below `resources`. The charm has no image otherwise.',
  ),
} as const satisfies Readonly<Record<string, RuleDescription>>;
