import type { Files } from './tree-of.ts';

/** A charm without errors. */
export const goodCharm: Files = {
  'metadata.yaml': `name: shop
summary: A shop
description: A shop that sells.
subordinate: false
assumes:
  - juju >= 3.3
  - any-of: [k8s-api, "juju < 9"]
extra-bindings:
  public:
provides:
  website: {interface: http}
requires:
  db:
    interface: mysql-shared
    limit: 1
    optional: true
  tls: {interface: tls-certificates, scope: global}
peers:
  cluster: {interface: shop-ha}
storage:
  goods: {type: filesystem, location: /srv, minimum-size: 10G, multiple: {range: 1-3}}
devices:
  gpu: {type: gpu, countmin: 1, countmax: 2}
resources:
  stock: {type: file, filename: stock.tar.gz, description: What is sold}
`,
  'config.yaml': `options:
  name:
    type: string
    default: "on"
    description: Name over the door
  size: {type: int, default: 3, description: Rooms}
  rate: {type: float, default: 1, description: Share}
  open: {type: boolean, default: yes, description: Whether it is open}
  key: {type: secret, description: Key of the door}
`,
  'actions.yaml': `close:
  description: Close the shop
  params:
    reason: {type: string, default: none today, description: Why}
    hours: {type: integer, default: 2}
  required: [reason]
  additionalProperties: false
`,
  'manifest.yaml': `bases:
  - {name: ubuntu, channel: "24.04", architectures: [amd64]}
`,
  dispatch: '#!/bin/sh\nexec true\n',
  'README.md': '# shop\n',
  'icon.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="100"/>\n',
};

/** A charm for Windows without errors. */
export const windowsCharm: Files = {
  'metadata.yaml': `name: shop
summary: A shop
description: A shop that sells.
series: [win2016, win2019]
min-juju-version: 2.8.0
requires:
  db: {interface: mysql-shared}
`,
  'hooks/install.ps1': "Write-Output 'hello'\n",
  'README.md': '# shop\n',
};

/** A project of charmcraft without errors. */
export const project: Files = {
  'charmcraft.yaml': `type: charm
name: shop
title: Shop
summary: A shop
description: A shop that sells.
platforms:
  ubuntu@24.04:amd64:
parts:
  shop: {plugin: dump, source: ., prime: [dispatch, README.md]}
config:
  options:
    name: {type: string, description: Name}
actions:
  close: {description: Close the shop}
`,
  dispatch: '#!/bin/sh\nexec true\n',
  'README.md': '# shop\n',
};

/** One whose metadata and actions are files of their own, and whose dispatch and manifest.yaml charmcraft makes. */
export const projectOfFiles: Files = {
  'charmcraft.yaml': `type: charm
platforms:
  ubuntu@22.04:amd64:
parts:
  tools: {plugin: nil}
  shop: {plugin: poetry, source: .}
`,
  'metadata.yaml': `name: shop
summary: A shop
description: A shop that sells.
assumes: [juju >= 2.9.32]
provides:
  website: {interface: http}
`,
  'actions.yaml': 'close: {description: Close the shop}\n',
  'README.md': '# shop\n',
};
