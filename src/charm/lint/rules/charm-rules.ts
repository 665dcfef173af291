import { error, type RuleDescription, warning } from './rule.ts';

/** The rules for options, actions, bases, programs, files and projects of a charm, and for a refresh. */
export const charmRules = {
  'config-options': error('A map `options` holds the options. Juju refuses the charm otherwise.'),
  'config-option': error('Every option is a map of type, default and description. Juju refuses others.'),
  'config-name': error(
    'The name of an option has no dot and no $. The database of the controller refuses such keys.',
  ),
  'config-type': error(
    'An option is string, int, float, boolean or secret, and its description is text. Juju refuses others.',
  ),
  'config-default': error(
    'A default has the type of its option, as YAML 1.1 reads it. Juju refuses the charm otherwise.',
  ),
  'config-secret': error(
    'Only a charm that assumes Juju 3.3 has options of type secret. Earlier ones refuse it.',
  ),
  'config-description': warning('Every option has a description. Users see nothing else of it.'),
  'config-unknown-key': error(
    'The file config.yaml has the key options; an option has type, default and description. Juju drops others without a word.',
  ),
  'action-name': error(
    'The name of an action has small letters, digits and inner hyphens. Juju refuses others.',
  ),
  'action-reserved': error('Names `juju` and `juju-...` belong to Juju. It refuses actions that take them.'),
  'action-map': error('Every action is a map of keys. Juju refuses others.'),
  'action-type': error('Descriptions and titles are text, `parallel` is true or false. Juju refuses others.'),
  'action-description': warning('Every action has a description. Users see nothing else of it.'),
  'action-params': error('`params` is a map from names of parameters to their schemas. Juju refuses others.'),
  'action-reference': error('Parameters have no `$ref` and no `$schema`. Juju refuses both.'),
  'action-required': error(
    '`required` stands beside `params` and lists parameters that exist. Otherwise an action can never run, or runs without its values.',
  ),
  'action-param-type': error(
    'The type of a parameter is one of JSON Schema. Juju refuses others when the action runs.',
  ),
  'action-param-default': error(
    'The default of a parameter has its type. The action fails otherwise when nobody sets it.',
  ),
  'action-missing': error(
    'A charm without dispatch has a program for every action. The action fails otherwise.',
  ),
  'manifest-bases': error(
    'A manifest has bases. Juju 3 and later do not know where the charm runs otherwise.',
  ),
  'manifest-base': error(
    'A base is one that Juju deploys; Juju 4 deploys only ubuntu. Charms for Windows have series.',
  ),
  'manifest-channel': error(
    'The channel of a base is text such as "24.04", with a known risk. A number is refused.',
  ),
  'manifest-architecture': error(
    'Each architecture is one of Juju. It refuses names of others, such as x86_64.',
  ),
  'manifest-series': warning('A charm names bases or series. With series, Juju reads no bases.'),
  'no-program': error('A charm has dispatch or a hook. Without one, Juju starts nothing and says nothing.'),
  'not-executable': error(
    'The files dispatch and actions/... have their x bit in the archive. Juju gives it only to hooks.',
  ),
  shebang: error('A program begins with `#!` and its interpreter. The system cannot start it otherwise.'),
  'line-ends': error(
    'The first line of a program ends with LF. With CR LF, the system looks for an interpreter with CR in its name.',
  ),
  'windows-suffix': error(
    'Programs for Windows end with .ps1, .cmd, .bat or .exe. Juju does not find others there.',
  ),
  'powershell-encoding': error(
    'PowerShell files are ASCII or have a byte order mark. Windows PowerShell reads other characters otherwise.',
  ),
  'top-folder': error(
    'The files of a charm lie at the top of its archive. The client of Juju refuses a folder around them.',
  ),
  'file-name': error(
    'Names in an archive are relative, have slashes and occur once. Juju refuses or overwrites others.',
  ),
  'file-kind': error('A charm has files, folders and links. Juju refuses sockets, pipes and devices.'),
  'file-link': error('Links lead to files of the charm. Juju refuses links that lead out of it.'),
  size: warning(
    'A charm has less than 100 MB. Every unit downloads it, and the controller holds it in memory.',
  ),
  'ignored-folder': error(
    'No code lies in build/ or a folder of version control. The controller takes them out, also of a packed charm.',
  ),
  'ignored-file': error(
    'The file .jujuignore names nothing that the charm needs. The controller takes it out, also of a packed charm.',
  ),
  'bundle-in-charm': error(
    'No bundle.yaml lies at the top of a charm. `juju deploy` of the charm would deploy that bundle.',
  ),
  readme: warning('A charm has README.md. Users of the store see nothing else of it.'),
  'revision-file': error('`revision` holds a whole number. Juju refuses others.'),
  'version-file': warning('The first line of `version` has at most 100 characters. Juju cuts it there.'),
  icon: error('The icon is an SVG image, 100 by 100. The store shows a square.'),
  'project-type': error('A project has `type: charm`. charmcraft 4 packs nothing else.'),
  'project-key': error('A project has only keys that charmcraft 4 reads. It refuses others.'),
  'project-platforms': error(
    '`platforms`, or `bases` of older projects, name systems that charmcraft builds for. It refuses others.',
  ),
  'project-parts': error(
    'A project with platforms has parts. charmcraft does not know what to pack otherwise.',
  ),
  'project-twice': error('A key stands in charmcraft.yaml or in its own file. charmcraft refuses both.'),
  'project-action': error('No action has a word of Python as its name. charmcraft refuses it.'),
  'against-name': error('A refresh keeps the name of the charm. Juju refuses another charm.'),
  'against-option-removed': warning(
    'A refresh keeps every option. Juju drops the values of removed ones without a word.',
  ),
  'against-option-type': warning(
    'A refresh keeps the type of every option. Juju drops values that do not fit without a word.',
  ),
  'against-option-default': warning(
    'A refresh keeps defaults, or hooks take the change. Who never set the option gets the new one at once.',
  ),
  'against-relation': error(
    'A refresh keeps endpoints and their interfaces. Juju refuses it where one is related.',
  ),
  'against-storage': error('A refresh keeps storage and its type. Juju refuses it otherwise.'),
  'against-resource': warning('A refresh keeps resources. Units of the old charm may still ask for them.'),
  'against-series': warning('A refresh keeps series. Units on others cannot be refreshed.'),
  'against-action': warning('A refresh keeps actions. Scripts may run them.'),
} as const satisfies Readonly<Record<string, RuleDescription>>;
