import { setTimeout as sleep } from 'node:timers/promises';
import { isFailure, SessionError } from '../errors.ts';
import type { AgentCall, Session } from '../session/session.ts';
import { same } from '../verify/checks/storage/model/read.ts';
import { type ClusterState, type Place, readCluster } from './cluster-state.ts';
import { changesBetween, type Moment } from './timeline.ts';

/** A node of the cluster that the site names. */
export interface Member {
  /** As the cluster calls it. */
  readonly computer: string;
  readonly session: Session;
}

/** Where a drill takes place: who is asked, what was seen so far, and who may end it. */
export interface Stage {
  /** The cluster now; undefined where none of its nodes answers, and the timeline says why. */
  readonly look: () => Promise<ClusterState | undefined>;
  /** Does something and puts it into the timeline. Throws CallError, and SessionError also where the node to do it on is not reached. */
  readonly act: (call: AgentCall, onItself?: string) => Promise<void>;
  readonly tell: (text: string) => void;
  /** The session of the node that answered last. */
  readonly ask: () => Session;
  readonly moments: () => readonly Moment[];
  readonly pause: () => Promise<unknown>;
  /** Ctrl-C: what is watched ends, and what was changed is brought back. */
  readonly interrupted: AbortSignal;
  /** The second: nothing more. */
  readonly abandoned: AbortSignal;
}

export interface StageOptions {
  readonly members: readonly Member[];
  readonly place: Place;
  readonly tell: (moment: Moment) => void;
  readonly interrupted: AbortSignal;
  readonly abandoned: AbortSignal;
  /** Between two looks; default: a second. */
  readonly pause?: () => Promise<unknown>;
}

/** Begins the timeline. */
export function openStage(options: StageOptions): Stage {
  const { members, place, interrupted, abandoned } = options;
  const begun = performance.now();
  const moments: Moment[] = [];
  let last: ClusterState | undefined;
  let asked = members[0];
  const tell = (text: string): void => {
    const moment = { seconds: Math.round((performance.now() - begun) / 100) / 10, text };
    moments.push(moment);
    options.tell(moment);
  };
  const seen = (state: ClusterState): ClusterState => {
    if (last) for (const change of changesBetween(last, state)) tell(change);
    last = state;
    return state;
  };
  return {
    ...{ interrupted, abandoned, tell },
    moments: () => [...moments],
    pause: options.pause ?? (() => sleep(1000, undefined, { signal: abandoned }).catch(() => {})),
    ask: () => sessionOf(asked),
    async look() {
      for (const member of inOrder(members, asked)) {
        const state = await readCluster(member.session, place).catch((error: unknown) => whyNot(error));
        if (typeof state !== 'string') {
          asked = member;
          return seen(state);
        }
        tell(`${member.computer} does not answer: ${state}`);
        if (abandoned.aborted) break;
        await member.session.reconnect?.(abandoned).catch(() => {});
      }
      return undefined;
    },
    async act(call, onItself) {
      const member =
        onItself === undefined ? asked : members.find(({ computer }) => same(computer, onItself));
      const session = sessionOf(member, onItself);
      tell(wordsOf(call, member?.computer ?? ''));
      await session.call(call);
    },
  };
}

function sessionOf(member: Member | undefined, name = 'the cluster'): Session {
  if (member) return member.session;
  throw new SessionError(name, 'unreachable', `${name} is not reached`);
}

/** Who answered last is asked first. */
function inOrder(members: readonly Member[], first: Member | undefined): readonly Member[] {
  return first ? [first, ...members.filter((one) => one !== first)] : members;
}

/** What failed, in a line. Throws what is no failure of a node. */
function whyNot(error: unknown): string {
  if (isFailure(error)) return error.message.split('\n')[0] ?? '';
  throw error;
}

/** A call as the command that it stands for. */
function wordsOf({ call, name = call, parameters, ...rest }: AgentCall, where: string): string {
  const given = Object.entries((parameters ?? rest) as object).flatMap(([key, value]) => {
    if (value === false) return [];
    return [value === true ? `-${key}` : `-${key} ${value}`];
  });
  return `${where}: ${[name, ...given].join(' ')}`;
}
