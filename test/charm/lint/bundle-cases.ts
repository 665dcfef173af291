import { replaced } from './tree-of.ts';

/** A bundle without errors; `shop` is a charm beside it. */
export const goodBundle = `default-base: ubuntu@22.04/stable
variables:
  channel: &channel 8.0/stable
machines:
  "0": {constraints: mem=4G cores=2}
  "1": {}
applications:
  shop:
    charm: ./shop
    num_units: 2
    to: ["0", "1"]
    options:
      name: "on"
      size: 4
    bindings: {"": internal, db: internal}
    resources: {stock: ./stock.tar.gz}
  mysql:
    charm: ch:mysql-innodb-cluster
    channel: *channel
    num_units: 1
    to: [lxd:shop/1]
    storage: {data: "ebs,10G"}
saas:
  clock: {url: "admin/time.clock"}
relations:
  - [shop:db, mysql:shared-db]
  - [shop:tls, clock:certificates]
`;

const edit = (old: string, text: string) => replaced(goodBundle, old, text);

/** An overlay that brings what the first document names too early. */
const withVault = 'applications:\n  vault: {charm: "ch:vault", channel: 1.8/stable, num_units: 1}\n';

const depot = '  depot: {charm: ./shop, num_units: 1, resources: {stock: ./stock.tar.gz}}\nsaas:';
const withDepot = (relation: string) =>
  replaced(edit('[shop:tls, clock:certificates]', relation), 'saas:', depot);

/** `agent` is a subordinate charm. */
const withAgent = (units: string) => edit('saas:', `  agent:\n    charm: ./agent\n${units}saas:`);

/** `ours` holds the program of a charm of ours. */
const withRouter = replaced(
  edit(
    'saas:',
    '  ours: {charm: ./ours, num_units: 1}\n  router: {charm: "ch:mysql-router", channel: 8.0/stable}\nsaas:',
  ),
  '  - [shop:tls, clock:certificates]',
  '  - [shop:tls, clock:certificates]\n  - [ours:shared-db, router:shared-db]',
);

/** One mistake: what is said of it, and the bundle that has it; a third place is an overlay. */
export const bundleCases: readonly (readonly [string, string, string?])[] = [
  ['bundle-unknown-key bundle.yaml:25', edit('relations:', 'relation:')],
  ['bundle-type bundle.yaml:26', edit('relations:\n', 'relations:\n  a: b\n').split('  - [shop')[0] ?? ''],
  ['bundle-base bundle.yaml:1', edit('ubuntu@22.04/stable', 'ubuntu@22.04@stable')],
  ['bundle-series bundle.yaml:1', edit('default-base: ubuntu@22.04/stable', 'series: 22.04')],
  ['bundle-kind bundle.yaml:1', edit('default-base', 'bundle: swarm\ndefault-base')],
  ['yaml-duplicate-key bundle.yaml:11', edit('num_units: 2', 'num_units: 2\n    num_units: 2')],
  ['application-name bundle.yaml:23', edit('saas:', '  Shop_2: {charm: ch:a, channel: stable}\nsaas:')],
  ['application-empty bundle.yaml:23', edit('saas:', '  other:\nsaas:')],
  ['application-unknown-key bundle.yaml:11', edit('num_units: 2', 'num_units: 2\n    constraint: mem=2G')],
  ['overlay-only bundle.yaml:23', edit('saas:', '    exposed-endpoints: {shared-db: {}}\nsaas:')],
  ['application-type bundle.yaml:20', edit('num_units: 1', 'num_units: "1"')],
  ['application-units bundle.yaml:21', edit('num_units: 1', 'num_units: 1\n    scale: 2')],
  ['application-to bundle.yaml:11', edit('num_units: 2', 'num_units: 1').replace('shop/1', 'shop/0')],
  ['application-to bundle.yaml:21', edit('lxd:shop/1', 'lxd:shop/one')],
  ['constraints bundle.yaml:5', edit('mem=4G cores=2', 'memory=4G')],
  ['constraints bundle.yaml:5', edit('mem=4G cores=2', 'mem=4G mem=2G')],
  ['constraints bundle.yaml:5', edit('mem=4G cores=2', 'cores=two')],
  ['application-storage bundle.yaml:22', edit('ebs,10G', '10 G')],
  ['application-devices bundle.yaml:23', edit('saas:', '    devices: {gpu: "1, 2"}\nsaas:')],
  ['include-missing bundle.yaml:13', edit('name: "on"', 'name: include-file://name.txt')],
  ['charm-missing bundle.yaml:18', edit('charm: ch:mysql-innodb-cluster', 'charm: ""')],
  ['charm-path bundle.yaml:18', edit('ch:mysql-innodb-cluster', './mysql')],
  ['charm-url bundle.yaml:18', edit('ch:mysql-innodb-cluster', 'https://example.org/mysql')],
  ['charm-url bundle.yaml:18', edit('ch:mysql-innodb-cluster', 'cs:mysql')],
  ['charm-revision bundle.yaml:18', edit('ch:mysql-innodb-cluster', 'ch:mysql-innodb-cluster-12')],
  ['charm-channel bundle.yaml:19', edit('channel: *channel', 'revision: 12')],
  ['machine-id bundle.yaml:6', edit('"1": {}', '"01": {}').replace('to: ["0", "1"]', 'to: ["0", "01"]')],
  ['machine-unknown-key bundle.yaml:5', edit('constraints: mem', 'constraint: mem')],
  ['machine-unused bundle.yaml:7', edit('applications:', '  "2": {}\napplications:')],
  ['machine-unknown bundle.yaml:21', edit('lxd:shop/1', 'lxd:2')],
  ['place-unknown bundle.yaml:21', edit('lxd:shop/1', 'lxd:store')],
  ['place-unit bundle.yaml:21', edit('lxd:shop/1', 'lxd:shop/2')],
  ['saas-url bundle.yaml:24', edit('admin/time.clock', 'clock')],
  ['saas-unknown-key bundle.yaml:24', edit('{url: "admin/time.clock"}', '{url: "admin/time.clock", uri: x}')],
  ['saas-twice bundle.yaml:25', edit('relations:', '  mysql: {url: "admin/a.b"}\nrelations:')],
  ['image-base bundle.yaml:23', edit('saas:', '    constraints: image-id=ami-1\nsaas:')],
  ['relation-ends bundle.yaml:27', edit('[shop:tls, clock:certificates]', '[shop:tls]')],
  [
    'relation-self bundle.yaml:27',
    edit('  - [shop:tls, clock:certificates]', '  - [mysql:db, mysql:cluster]'),
  ],
  ['relation-twice bundle.yaml:27', edit('[shop:tls, clock:certificates]', '[mysql:shared-db, shop:db]')],
  ['relation-unknown bundle.yaml:27', edit('clock:certificates', 'vault:certificates')],
  ['relation-endpoint bundle.yaml:26', edit('shop:db,', 'shop:database,')],
  ['relation-peers bundle.yaml:27', edit('shop:tls', 'shop:cluster')],
  ['option-unknown bundle.yaml:14', edit('size: 4', 'rooms: 4')],
  ['option-type bundle.yaml:14', edit('size: 4', 'size: "4"')],
  ['binding-unknown bundle.yaml:15', edit('db: internal', 'database: internal')],
  ['resource-unknown bundle.yaml:16', edit('{stock: ./stock.tar.gz}', '{stock: ./stock.tar.gz, store: 1}')],
  [
    'exposed-endpoints overlay.yaml:3',
    goodBundle,
    'applications:\n  shop:\n    exposed-endpoints: {db: {expose-to-cidrs: [10.0.0.0]}}\n',
  ],
  [
    'offer-endpoint overlay.yaml:3',
    goodBundle,
    'applications:\n  shop:\n    offers: {db: {endpoints: [DB]}}\n',
  ],
  ['bundle-unknown-key overlay.yaml:1', goodBundle, 'services: {}\n'],
  [
    'relation-unknown overlay.yaml:4',
    goodBundle,
    'applications:\n  mysql:\nrelations:\n  - [shop:db, mysql:shared-db]\n',
  ],
  ['option-null bundle.yaml:13', edit('name: "on"', 'name: null')],
  ['charm-scheme bundle.yaml:18', edit('ch:mysql-innodb-cluster', 'mysql-innodb-cluster')],
  ['first-document bundle.yaml:27', edit('clock:certificates', 'vault:certificates'), withVault],
  ['resource-missing bundle.yaml:8', edit('    resources: {stock: ./stock.tar.gz}\n', '')],
  ['resource-path bundle.yaml:16', edit('./stock.tar.gz', './none.tar.gz')],
  ['resource-empty bundle.yaml:16', edit('./stock.tar.gz', './empty.tar.gz')],
  ['relation-interface bundle.yaml:28', withDepot('[shop:db, depot:website]')],
  ['relation-role bundle.yaml:28', withDepot('[shop:db, depot:db]')],
  ['applications-missing bundle.yaml:1', 'description: nothing\n'],
  ['bundle-saas bundle.yaml:24', edit('{url: "admin/time.clock"}', 'admin/time.clock')],
  ['subordinate-units bundle.yaml:25', withAgent('    num_units: 1\n')],
  ['yaml-syntax bundle.yaml:1', 'applications: {shop: [}\n'],
  ['mysql-router bundle.yaml:30', withRouter],
];
