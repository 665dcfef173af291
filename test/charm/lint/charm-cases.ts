import { goodCharm, project, windowsCharm } from './good-charm.ts';
import { type Files, fileOf, linkTo, replaced } from './tree-of.ts';

/** One mistake: what is said of it, as `RULE FILE:LINE` or `RULE FILE`, and the charm that has it. */
export type CharmCase = readonly [string, Files];

/** `text` in place of `old` in one file of a charm. */
function edit(base: Files, path: string, old: string, text: string): Files {
  return { ...base, [path]: replaced(String(base[path]), old, text) };
}
const metadata = (old: string, text: string) => edit(goodCharm, 'metadata.yaml', old, text);
const config = (old: string, text: string) => edit(goodCharm, 'config.yaml', old, text);
const actions = (old: string, text: string) => edit(goodCharm, 'actions.yaml', old, text);
const manifest = (old: string, text: string) => edit(goodCharm, 'manifest.yaml', old, text);
const craft = (old: string, text: string) => edit(project, 'charmcraft.yaml', old, text);
const windows = (old: string, text: string) => edit(windowsCharm, 'metadata.yaml', old, text);
const without = (base: Files, path: string): Files =>
  Object.fromEntries(Object.entries(base).filter(([name]) => name !== path));

/** What starts a charm that is none for Windows any more. */
const programOf: Files = { dispatch: '#!/bin/sh\n' };

export const charmCases: readonly CharmCase[] = [
  // metadata.yaml
  ['metadata-missing metadata.yaml', metadata('summary: A shop\n', '')],
  ['metadata-empty metadata.yaml:2', metadata('summary: A shop', 'summary: ""')],
  ['metadata-type metadata.yaml:2', metadata('summary: A shop', 'summary: 2024')],
  ['metadata-name metadata.yaml:1', metadata('name: shop', 'name: Shop_1')],
  ['metadata-name metadata.yaml:1', metadata('name: shop', 'name: shop-2')],
  ['metadata-summary metadata.yaml:2', metadata('A shop\n', `${'long '.repeat(50)}\n`)],
  ['metadata-unknown-key metadata.yaml:12', metadata('requires:', 'require:')],
  ['metadata-type metadata.yaml:4', metadata('subordinate: false', 'subordinate: "false"')],
  ['metadata-assumes metadata.yaml:7', metadata('"juju < 9"', '"juju <> 9"')],
  ['metadata-assumes metadata.yaml:7', metadata('any-of:', 'one-of:')],
  ['metadata-extra-bindings metadata.yaml:9', metadata('  public:\n', '  public: yes\n')],
  ['metadata-extra-bindings metadata.yaml:9', metadata('  public:\n', '  db:\n')],
  ['metadata-format metadata.yaml:6', metadata('assumes:', 'min-juju-version: 2.9.0\nassumes:')],
  ['metadata-charm-user metadata.yaml:5', metadata('assumes:', 'charm-user: admin\nassumes:')],
  ['metadata-format metadata.yaml:5', without(goodCharm, 'manifest.yaml')],
  ['metadata-series metadata.yaml:4', windows('win2019', 'Win2019')],
  ['metadata-series metadata.yaml:4', windows('win2019', 'win2022')],
  ['metadata-series-node metadata.yaml:4', { ...windows('win2019', 'win2012'), 'oriel/oriel.cjs': '' }],
  ['metadata-min-juju-version metadata.yaml:5', windows('2.8.0', '"2.8"')],
  ['yaml-duplicate-key metadata.yaml:17', metadata('  tls: ', '  db: ')],
  ['yaml-syntax metadata.yaml:3', metadata('summary: A shop', 'summary: "A shop')],
  ['yaml-map config.yaml:1', { ...goodCharm, 'config.yaml': '- options\n' }],
  // Endpoints
  ['relation-interface metadata.yaml:11', metadata('{interface: http}', '{interface: }')],
  ['relation-interface metadata.yaml:11', metadata('{interface: http}', '{interface: on}')],
  ['relation-name metadata.yaml:11', metadata('website:', 'Website:')],
  ['relation-reserved metadata.yaml:11', metadata('website:', 'juju-website:')],
  ['relation-reserved metadata.yaml:11', metadata('interface: http', 'interface: juju-info')],
  ['relation-unknown-key metadata.yaml:16', metadata('optional: true', 'optinal: true')],
  ['relation-type metadata.yaml:15', metadata('limit: 1', 'limit: one')],
  ['relation-scope metadata.yaml:17', metadata('scope: global', 'scope: machine')],
  ['relation-twice metadata.yaml:19', metadata('cluster: {', 'db: {')],
  ['relation-interface-name metadata.yaml:13', metadata('mysql-shared', 'mysql_shared')],
  ['subordinate-container metadata.yaml:4', metadata('subordinate: false', 'subordinate: true')],
  // Storage, devices, resources
  ['storage-type metadata.yaml:21', metadata('type: filesystem', 'type: files')],
  ['storage-location metadata.yaml:21', metadata('type: filesystem', 'type: block')],
  ['storage-size metadata.yaml:21', metadata('10G,', '10,')],
  ['storage-range metadata.yaml:21', metadata('range: 1-3', 'range: 0')],
  ['storage-unknown-key metadata.yaml:21', metadata('minimum-size', 'min-size')],
  ['storage-name metadata.yaml:21', metadata('goods:', 'goods_1:')],
  ['devices-count metadata.yaml:23', metadata('countmin: 1', 'countmin: 3')],
  ['resources-type metadata.yaml:25', metadata('{type: file,', '{type: exe,')],
  ['resources-filename metadata.yaml:25', metadata('filename: stock.tar.gz, ', '')],
  ['resources-filename metadata.yaml:25', metadata('filename: stock', 'filename: a/stock')],
  ['storage-properties metadata.yaml:21', metadata('minimum-size: 10G', 'properties: [lasting]')],
  ['devices-type metadata.yaml:23', metadata('{type: gpu, ', '{')],
  ['payloads-type metadata.yaml:20', metadata('storage:', 'payloads: {web: {type: }}\nstorage:')],
  ['resources-unknown-key metadata.yaml:25', metadata('description: What', 'owner: me, description: What')],
  ['containers-type metadata.yaml:20', metadata('storage:', 'containers: {web: image}\nstorage:')],
  [
    'containers-resource metadata.yaml:20',
    metadata('storage:', 'containers: {web: {resource: image}}\nstorage:'),
  ],
  // config.yaml
  ['config-option config.yaml:9', config('  key:', '  colour: red\n  key:')],
  ['config-options config.yaml:1', { ...goodCharm, 'config.yaml': 'options: none\n' }],
  ['config-type config.yaml:6', config('type: int', 'type: integer')],
  ['config-default config.yaml:6', config('default: 3', 'default: "3"')],
  ['config-default config.yaml:4', config('"on"', 'on')],
  ['config-default config.yaml:4', config('"on"', '0123')],
  ['config-default config.yaml:6', config('default: 3', 'default: ""')],
  [
    'config-default config.yaml:9',
    config('type: secret,', 'type: secret, default: "secret:9m4e2mr0ui3e8a215n4g",'),
  ],
  ['config-description config.yaml:6', config(', description: Rooms', '')],
  ['config-name config.yaml:6', config('size:', 'shop.size:')],
  ['config-unknown-key config.yaml:6', config('default: 3', 'defualt: 3')],
  ['config-secret config.yaml:9', metadata('juju >= 3.3', 'juju >= 2.9')],
  // actions.yaml
  ['action-name actions.yaml:1', actions('close:', 'Close:')],
  ['action-reserved actions.yaml:1', actions('close:', 'juju-close:')],
  ['action-map actions.yaml:1', { ...goodCharm, 'actions.yaml': 'close: now\n' }],
  ['action-description actions.yaml:1', actions('  description: Close the shop\n', '')],
  ['action-reference actions.yaml:4', actions('type: string,', '$ref: "#/x",')],
  ['action-required actions.yaml:6', actions('[reason]', '[why]')],
  ['action-required actions.yaml:5', actions('default: 2', 'required: true')],
  ['action-param-type actions.yaml:5', actions('integer', 'int')],
  ['action-param-default actions.yaml:5', actions('default: 2', 'default: two')],
  ['action-type actions.yaml:7', actions('additionalProperties', 'parallel: now\n  additionalProperties')],
  ['action-params actions.yaml:4', actions('{type: string, default: none today, description: Why}', 'text')],
  // manifest.yaml
  [
    'metadata-no-base metadata.yaml',
    { ...windows('series: [win2016, win2019]\nmin-juju-version: 2.8.0\n', ''), ...programOf },
  ],
  ['manifest-bases manifest.yaml', { ...goodCharm, 'manifest.yaml': 'charmcraft-version: "4"\n' }],
  ['manifest-base manifest.yaml:2', manifest('ubuntu', 'windows')],
  ['manifest-channel manifest.yaml:2', manifest('"24.04"', '24.04')],
  ['manifest-channel manifest.yaml:2', manifest('"24.04"', '24.04/newest')],
  ['manifest-architecture manifest.yaml:2', manifest('amd64', 'x86_64')],
  [
    'manifest-series metadata.yaml:5',
    edit(
      metadata('assumes:\n  - juju >= 3.3\n  - any-of: [k8s-api, "juju < 9"]\n', 'series: [jammy]\n'),
      'config.yaml',
      '  key: {type: secret, description: Key of the door}\n',
      '',
    ),
  ],
  // Programs
  ['no-program dispatch', without(without(goodCharm, 'dispatch'), 'actions.yaml')],
  ['not-executable dispatch', { ...goodCharm, dispatch: fileOf('#!/bin/sh\n') }],
  ['shebang dispatch:1', { ...goodCharm, dispatch: 'exec true\n' }],
  ['line-ends dispatch:1', { ...goodCharm, dispatch: '#!/bin/sh\r\nexec true\r\n' }],
  ['windows-suffix hooks/start', { ...windowsCharm, 'hooks/start': '#!/bin/sh\n' }],
  ['windows-suffix dispatch', { ...windowsCharm, dispatch: '#!/bin/sh\n' }],
  [
    'powershell-encoding hooks/start.ps1:2',
    { ...windowsCharm, 'hooks/start.ps1': "# hello\nWrite-Output 'h\u00e9'\n" },
  ],
  ['action-missing actions.yaml:1', { ...windowsCharm, 'actions.yaml': 'close: {description: Close}\n' }],
  // Files
  ['metadata-file metadata.yaml', without(goodCharm, 'metadata.yaml')],
  ['top-folder shop/metadata.yaml', { 'shop/metadata.yaml': '', dispatch: '#!/bin/sh\n', 'README.md': '' }],
  ['bundle-in-charm bundle.yaml', { ...goodCharm, 'bundle.yaml': '' }],
  ['ignored-folder build', { ...goodCharm, 'build/program': '' }],
  ['ignored-file .jujuignore:2', { ...goodCharm, '.jujuignore': '# not packed\n/dispatch\n' }],
  ['file-link data', { ...goodCharm, data: linkTo('/etc/passwd') }],
  ['file-link lib/data', { ...goodCharm, 'lib/data': linkTo('../../data') }],
  ['file-kind socket', { ...goodCharm, socket: { ...fileOf(''), kind: 'other' } }],
  ['readme README.md', without(goodCharm, 'README.md')],
  ['revision-file revision', { ...goodCharm, revision: 'first\n' }],
  ['version-file version', { ...goodCharm, version: 'v'.repeat(101) }],
  ['icon icon.svg', { ...goodCharm, 'icon.svg': '<svg width="200" height="100"/>' }],
  ['icon icon.svg', { ...goodCharm, 'icon.svg': 'GIF89a' }],
  // charmcraft.yaml
  ['project-type charmcraft.yaml:1', craft('type: charm', 'type: bundle')],
  ['project-type charmcraft.yaml', craft('type: charm\n', '')],
  ['project-key charmcraft.yaml:6', craft('platforms:', 'series: [jammy]\nplatforms:')],
  ['project-key charmcraft.yaml:3', craft('title:', 'tittle:')],
  ['project-platforms charmcraft.yaml', craft('platforms:\n  ubuntu@24.04:amd64:\n', '')],
  ['project-platforms charmcraft.yaml:7', craft('ubuntu@24.04:amd64:', 'windows@2019:amd64:')],
  [
    'project-parts charmcraft.yaml:6',
    craft('parts:\n  shop: {plugin: dump, source: ., prime: [dispatch, README.md]}\n', ''),
  ],
  ['project-twice charmcraft.yaml:10', { ...project, 'config.yaml': 'options: {}\n' }],
  ['project-action charmcraft.yaml:14', craft('close:', 'import:')],
  ['config-type charmcraft.yaml:12', craft('type: string', 'type: str')],
];
