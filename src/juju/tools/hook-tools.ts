import { BuildError } from '../../errors.ts';
import { masked } from '../../secret.ts';
import type { RunTool, ToolResult } from './run-tool.ts';

/** A bag of a relation: every value is text. */
export type Bag = Readonly<Record<string, string>>;
export type ConfigValue = string | number | boolean;
export type UnitStatus = 'blocked' | 'waiting' | 'maintenance' | 'active';

/** The hook tools of Juju, with types. What may be refused in a good model gives `undefined`; all others throw BuildError. */
export interface HookTools {
  readonly config: () => Promise<Readonly<Record<string, ConfigValue>>>;
  readonly isLeader: () => Promise<boolean>;
  readonly relationIds: (endpoint: string) => Promise<readonly string[]>;
  readonly relationList: (id: string) => Promise<readonly string[]>;
  readonly remoteApplication: (id: string) => Promise<string | undefined>;
  /** Undefined where the bag cannot be read (yet, or any more). */
  readonly relationGet: (id: string, owner: string, bag?: 'application') => Promise<Bag | undefined>;
  /** An empty text deletes a key. False where the tool refused: leadership was lost, or the relation is not there yet. */
  readonly relationSet: (id: string, values: Bag, bag?: 'application') => Promise<boolean>;
  readonly state: () => Promise<Bag>;
  readonly setState: (values: Bag) => Promise<void>;
  readonly deleteState: (key: string) => Promise<void>;
  readonly setStatus: (status: UnitStatus, message: string) => Promise<void>;
  readonly setVersion: (version: string) => Promise<void>;
  /** The path of a resource; undefined where there is none. */
  readonly resource: (name: string) => Promise<string | undefined>;
  /** The values of a secret, or why there are none, in Juju's words. */
  readonly secret: (id: string) => Promise<{ readonly values: Bag } | { readonly refused: string }>;
  /** The address of this machine at a binding, as the other side of a relation sees it. */
  readonly address: (binding: string) => Promise<string>;
  /** Units of this application that are not about to go; one that nobody knows where the agent does not say. */
  readonly stayingUnits: () => Promise<readonly string[]>;
  readonly log: (level: 'DEBUG' | 'INFO' | 'WARNING' | 'ERROR', text: string) => Promise<void>;
  readonly actionParameters: () => Promise<Readonly<Record<string, unknown>>>;
  readonly actionLog: (text: string) => Promise<void>;
  /** Keys of letters in lower case, digits, hyphens and dots; a dot opens a level. */
  readonly actionSet: (values: Bag) => Promise<void>;
  readonly actionFail: (message: string) => Promise<void>;
}

/** What `network-get` says; before Juju 2.9 an address stands under `address`. */
interface Network {
  readonly 'ingress-addresses'?: readonly string[] | null;
  readonly 'bind-addresses'?: readonly {
    readonly addresses?: readonly { readonly value?: string; readonly address?: string }[] | null;
  }[];
}

const json = '--format=json';
/** Characters of one call of `action-set`, far below what a command line of Windows can have. */
const longestResults = 8_000;

/** How the typed tools start one. */
interface Starting {
  readonly run: RunTool;
  readonly act: (name: string, args: readonly string[], input?: string) => Promise<void>;
  readonly ask: <Value>(name: string, ...args: readonly string[]) => Promise<Value>;
  /** Undefined where the tool refuses. */
  readonly tryAsk: <Value>(name: string, ...args: readonly string[]) => Promise<Value | undefined>;
}

/** The typed hook tools over those that run. */
export function hookTools(run: RunTool): HookTools {
  const starting: Starting = {
    run,
    async act(name, args, input) {
      succeeded(name, await run(name, args, input));
    },
    ask: async (name, ...args) => parsed(name, succeeded(name, await run(name, args))),
    async tryAsk(name, ...args) {
      const result = await run(name, args);
      return result.exitCode === 0 ? parsed(name, result.stdout) : undefined;
    },
  };
  return { ...unitTools(starting), ...relationTools(starting), ...actionTools(starting) };
}

type OfRelations = 'relationIds' | 'relationList' | 'remoteApplication' | 'relationGet' | 'relationSet';
type OfActions = 'actionParameters' | 'actionLog' | 'actionSet' | 'actionFail';

function unitTools({ run, act, ask, tryAsk }: Starting): Omit<HookTools, OfRelations | OfActions> {
  return {
    config: async () => withoutNull(await ask('config-get', json)),
    isLeader: () => ask('is-leader', json),
    state: async () => (await tryAsk<Bag | null>('state-get', json)) ?? {},
    setState: (values) => act('state-set', ['--file', '-'], JSON.stringify(values)),
    deleteState: (key) => act('state-delete', [key]),
    setStatus: (status, message) => act('status-set', [status, '--', masked(message)]),
    setVersion: (version) => act('application-version-set', ['--', version]),
    async resource(name) {
      const { exitCode, stdout } = await run('resource-get', [name]);
      return exitCode === 0 ? stdout.trim() || undefined : undefined;
    },
    async secret(id) {
      const { exitCode, stdout, stderr } = await run('secret-get', [id, '--refresh', json]);
      if (exitCode === 0) return { values: parsed<Bag>('secret-get', stdout) };
      return { refused: stderr.replace(/^ERROR\s+/, '').trim() };
    },
    async address(binding) {
      const found = await tryAsk<Network>('network-get', binding, json);
      const bound = found?.['bind-addresses']?.flatMap(({ addresses }) => addresses ?? [])[0];
      const address = found?.['ingress-addresses']?.[0] ?? bound?.value ?? bound?.address;
      return address ?? ask<string>('unit-get', 'private-address', json);
    },
    async stayingUnits() {
      const goal = await tryAsk<{ readonly units?: Readonly<Record<string, { readonly status: string }>> }>(
        'goal-state',
        json,
      );
      // Who cannot tell takes nothing away.
      if (!goal) return ['unknown/0'];
      return Object.entries(goal.units ?? {}).flatMap(([unit, { status }]) =>
        status === 'dying' ? [] : [unit],
      );
    },
    log: (level, text) => act('juju-log', ['-l', level, '--', masked(text)]),
  };
}

function relationTools({ run, ask, tryAsk }: Starting): Pick<HookTools, OfRelations> {
  const ofBag = (bag: 'application' | undefined): readonly string[] => (bag ? ['--app'] : []);
  return {
    relationIds: async (endpoint) =>
      (await ask<readonly string[] | null>('relation-ids', endpoint, json)) ?? [],
    relationList: async (id) =>
      (await tryAsk<readonly string[] | null>('relation-list', '-r', id, json)) ?? [],
    remoteApplication: (id) => tryAsk('relation-list', '-r', id, '--app', json),
    async relationGet(id, owner, bag) {
      const found = await tryAsk<Bag | null>('relation-get', '-r', id, json, ...ofBag(bag), '-', owner);
      return found === undefined ? undefined : (found ?? {});
    },
    async relationSet(id, values, bag) {
      const args = ['-r', id, ...ofBag(bag), '--file', '-'];
      return (await run('relation-set', args, JSON.stringify(values))).exitCode === 0;
    },
  };
}

function actionTools({ act, ask }: Starting): Pick<HookTools, OfActions> {
  return {
    actionParameters: async () => (await ask<Record<string, unknown> | null>('action-get', json)) ?? {},
    actionLog: (text) => act('action-log', ['--', masked(text)]),
    async actionSet(values) {
      const words = Object.entries(values).map(([key, value]) => `${key}=${masked(value)}`);
      for (const part of inParts(words)) await act('action-set', part);
    },
    actionFail: (message) => act('action-fail', ['--', masked(message)]),
  };
}

function succeeded(name: string, { exitCode, stdout, stderr }: ToolResult): string {
  if (exitCode === 0) return stdout;
  const reason = stderr.replace(/^ERROR\s+/, '').trim();
  throw new BuildError(`${name}: ${masked(reason) || `ended with exit code ${exitCode}`}`);
}

function parsed<Value>(name: string, text: string): Value {
  try {
    return JSON.parse(text.trim() || 'null') as Value;
  } catch (error) {
    throw new BuildError(`${name} printed something else than JSON`, undefined, { cause: error });
  }
}

function withoutNull(values: Readonly<Record<string, ConfigValue | null>> | null) {
  const set = Object.entries(values ?? {}).filter(
    (entry): entry is [string, ConfigValue] => entry[1] !== null,
  );
  return Object.fromEntries(set);
}

function inParts(words: readonly string[]): readonly (readonly string[])[] {
  const parts: string[][] = [];
  let length = longestResults;
  for (const word of words) {
    if (length + word.length > longestResults) {
      parts.push([]);
      length = 0;
    }
    parts.at(-1)?.push(word);
    length += word.length + 1;
  }
  return parts;
}
