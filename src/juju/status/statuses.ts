import { belowRoot } from '../../windows-root.ts';
import type { UnitStatus } from '../tools/hook-tools.ts';

/** A line that a unit may show. */
export interface StatusDescription {
  readonly status: UnitStatus;
  /** Names in braces are filled in. */
  readonly message: string;
  /** What documents show where the message is made elsewhere. */
  readonly shown?: string;
  /** What to do. */
  readonly remedy: string;
}

const blocked = <Text extends string>(message: Text, remedy: string, shown?: string) =>
  ({ status: 'blocked', message, remedy, ...(shown !== undefined && { shown }) }) as const;
const waiting = <Text extends string>(message: Text, remedy: string, shown?: string) =>
  ({ status: 'waiting', message, remedy, ...(shown !== undefined && { shown }) }) as const;

/** Options of the charm, and secrets that they name. */
const ofOptions = {
  'nodes-unset': blocked(
    'windows-nodes is not set: juju config NAME=ADDRESS,...',
    '`juju config APP windows-nodes=hv-01=10.0.0.11,hv-02=10.0.0.12`',
  ),
  'nodes-invalid': blocked(
    'windows-nodes: `{entry}` is not NAME=ADDRESS',
    'NAME begins with a letter and has at most 40 letters, digits, - and _',
  ),
  'nodes-twice': blocked('windows-nodes names {node} twice', 'name each node once'),
  'credentials-unset': blocked(
    'windows-credentials is not set (a secret with username and password)',
    '`juju add-secret`, `juju grant-secret` and `juju config APP windows-credentials=secret:ID`; before Juju 3.3 `windows-user` and `windows-password`',
  ),
  'credentials-key': blocked(
    'windows-credentials needs the key {key} for windows-transport={transport}',
    'add the key with `juju update-secret`: `private-key` for SSH, `password` for WinRM',
  ),
  'secret-invalid': blocked(
    '{option} is no secret:ID',
    '`juju add-secret` prints the ID; set the option to `secret:ID`',
  ),
  'secret-not-granted': blocked(
    'secret of {option} is not granted: juju grant-secret {id} {application}',
    'run the command in the status; the next hook sees it',
  ),
  'secret-refused': blocked(
    'secret of {option}: {reason}',
    'look at `juju secrets`: the secret has to be one of this model',
  ),
  'secret-key': blocked('the secret of {option} has no key {key}', 'add the key with `juju update-secret`'),
  'flags-invalid': blocked(
    'api-config-flags: `{flag}` is not name=value',
    'write `name=value`, separated by commas',
  ),
  'cap-invalid': blocked('image-size-cap is `{value}`: write it as 1TB', 'write a number and a unit: `1TB`'),
  'config-no-map': blocked(
    'site-config is no map of keys',
    'write YAML with keys of [site-file.md](site-file.md)',
  ),
  'config-syntax': blocked('site-config: line {line}: {reason}', 'correct the YAML at this line'),
  'database-sqlite': blocked(
    'database-connection is SQLite, which several nodes cannot share',
    'use a server, or one node',
  ),
} as const;

/** Relations, peers and the leader. */
const ofRelations = {
  'relation-missing': blocked(
    'relation {endpoint} is missing',
    '`juju integrate` it; in place of `shared-db`, `database-connection` does',
  ),
  'relation-incomplete': waiting(
    'the relation {endpoint} has no {what} yet',
    'wait for the other charm, and look at its status',
  ),
  'relation-ca': blocked(
    'the relation certificates gives a ca that is no certificate in PEM',
    'look at the charm that it is related to',
  ),
  'relation-path': blocked(
    'the relation {endpoint} gives {path}, which is no path of Windows',
    'look at the charm that it is related to, or set `filesystem-store-datadir`',
  ),
  'database-loopback': blocked(
    '{remote} is at {host}, which nodes do not reach: relate to mysql-innodb-cluster itself',
    'remove the relation to mysql-router, and relate to `mysql-innodb-cluster`',
  ),
  'peers-unknown': waiting('the relation cluster is not there yet', 'wait; Juju makes it after install'),
  'leader-nodes': waiting(
    'the leader has not shared out the nodes yet',
    'wait; if it stays, look at the status of the leader',
  ),
  'leader-database': waiting(
    'the leader has not prepared the database yet',
    'wait; if it stays, look at the status of the leader',
  ),
} as const;

/** The package and the nodes. */
const ofNodes = {
  'package-missing': blocked(
    '{resource} is missing: juju attach-resource {application} {resource}=FILE',
    'attach a package of `oriel build`, or set `installer-url` and `installer-sha256`',
  ),
  'package-release': blocked(
    '{resource} is {has}, and {release} is {needs}: attach that',
    'attach the package of that release, or set `openstack-version`',
  ),
  'site-invalid': blocked(
    '{problem}',
    'the composed site is wrong at this key: change the option, or `site-config`',
    'KEY: PROBLEM',
  ),
  'step-failed': blocked(
    '{step}: {reason}',
    '`juju debug-log` and the action `collect-logs` say more; the next hook tries again',
  ),
  'node-refuses': blocked(
    '{problem}',
    'correct the credentials or host keys: [doctor.md](nodes/doctor.md)',
    'NODE: PROBLEM',
  ),
  'node-silent': waiting(
    '{problem}',
    'the node does not answer: [doctor.md](nodes/doctor.md)',
    'NODE: PROBLEM',
  ),
  locked: waiting(
    '{problem}',
    `wait for the end of the other run; of a machine that is gone for good, remove \`${belowRoot('lock')}\` on the node`,
    'another run holds ...',
  ),
  unfinished: waiting(
    'not done within {minutes} min, or stopped: the next hook goes on',
    'nothing; if it stays, look at the nodes and the size of `windows-nodes`',
  ),
  left: waiting(
    '{what} is still on a node: see juju debug-log',
    'the next hook tries again; else `oriel remove`',
  ),
  failed: blocked('{problem}', 'do what the line says; `juju debug-log` says more', 'PROBLEM'),
} as const;

/** A unit that has what it needs. */
const ofServing = {
  held: {
    status: 'maintenance',
    message: '{why}: run the action resume',
    remedy:
      'hooks leave the nodes as they are until the action `resume`; WHY is paused, drained or rolled back',
  },
  leaving: { status: 'maintenance', message: 'leaving', remedy: 'nothing: the unit is being removed' },
  due: {
    status: 'active',
    message: 'ready; the action openstack-upgrade is due',
    remedy: 'run the action on each unit',
  },
  standby: {
    status: 'active',
    message: 'standby: other units have the nodes',
    remedy: 'nothing; there are more units than nodes',
  },
  ready: { status: 'active', message: 'ready', remedy: 'nothing' },
} as const;

/** Every status of a unit. The dispatch program of a charm has one more, `Node.js 20 is missing`, as nothing of this runs before it. */
export const statuses = {
  ...ofOptions,
  ...ofRelations,
  ...ofNodes,
  ...ofServing,
} as const satisfies Readonly<Record<string, StatusDescription>>;

export type StatusId = keyof typeof statuses;

/** The rows of the table of docs/reference/juju.md. */
export function statusTable(): string {
  const rows = Object.values<StatusDescription>(statuses).map(({ status, message, shown, remedy }) => {
    const text = shown ?? message.replaceAll(/\{(\w+)\}/g, (_, name: string) => name.toUpperCase());
    const quote = text.includes('`') ? '``' : '`';
    return `| ${quote}${status}: ${text}${quote} | ${remedy} |`;
  });
  return ['| status | what to do |', '| --- | --- |', ...rows].join('\n');
}
