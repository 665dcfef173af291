import type { CharmCase } from './charm-cases.ts';
import { goodCharm } from './good-charm.ts';
import { type Files, replaced } from './tree-of.ts';

const edit = (path: string, old: string, text: string): Files => ({
  ...goodCharm,
  [path]: replaced(String(goodCharm[path]), old, text),
});

/** A charm that a refresh from `goodCharm` would break for its users. */
export const againstCases: readonly CharmCase[] = [
  [
    'against-option-removed config.yaml',
    edit('config.yaml', '  rate: {type: float, default: 1, description: Share}\n', ''),
  ],
  ['against-option-type config.yaml:6', edit('config.yaml', 'type: int', 'type: float')],
  ['against-option-default config.yaml:6', edit('config.yaml', 'default: 3', 'default: 4')],
  ['against-option-default config.yaml:6', edit('config.yaml', ' default: 3,', '')],
  ['against-name metadata.yaml:1', edit('metadata.yaml', 'name: shop', 'name: store')],
  [
    'against-relation metadata.yaml',
    edit('metadata.yaml', '  tls: {interface: tls-certificates, scope: global}\n', ''),
  ],
  ['against-relation metadata.yaml:11', edit('metadata.yaml', 'interface: http', 'interface: https')],
  [
    'against-storage metadata.yaml:21',
    edit('metadata.yaml', 'type: filesystem, location: /srv', 'type: block'),
  ],
  ['against-storage metadata.yaml', edit('metadata.yaml', 'goods:', 'wares:')],
  ['against-resource metadata.yaml', edit('metadata.yaml', 'stock:', 'store:')],
  ['against-action actions.yaml', edit('actions.yaml', 'close:', 'shut:')],
];
