import type { Fact } from '../events/events.ts';
import { maskedFact } from '../events/masked.ts';
import { indented, oneLine } from './visible.ts';
import { describeFact, type LiveParts, type Tone, type Utterance } from './words.ts';

/** What the sink needs of a stream: standard error, or a test's. */
export interface Screen {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
  readonly write: (text: string) => unknown;
}

export interface Sink {
  readonly emit: (fact: Fact) => void;
  /** Takes the live lines away, for other output or at the end; the next event brings its own. */
  readonly pause: () => void;
}

const codes: Readonly<Record<Tone, string>> = { good: '32', bad: '31', warning: '33', dim: '2', plain: '0' };
/** How much is told on the way: all of it, warnings and what failed, or what failed alone; `debug`: all, and the stack of every error. */
export const logLevels = ['debug', 'info', 'warning', 'error'] as const;
export type LogLevel = (typeof logLevels)[number];
const tones: Readonly<Partial<Record<LogLevel, readonly Tone[]>>> = {
  warning: ['bad', 'warning'],
  error: ['bad'],
};
/** Milliseconds: without a terminal, passing events are shown only when nothing else was for so long. */
const quietMs = 900;
/** The same where a log is kept (`CI` is set): a build of minutes has a few lines and not hundreds. */
const quietInLogsMs = 30_000;
/** Milliseconds: live lines of hundreds of nodes are not drawn more often than anybody can see. */
const frameMs = 50;

/**
 * Shows events: on a terminal lasting lines and below them one live line for each node or stage at work; elsewhere plain
 * lines, with a sign of life at least every two seconds, or every 30 where CI is set. Colours only on a terminal, and none where
 * NO_COLOR is set. `level`: the least that is told.
 */
export function terminalSink(
  screen: Screen,
  env: Readonly<Record<string, string | undefined>> = process.env,
  now: () => number = () => performance.now(),
  level: LogLevel = 'info',
): Sink {
  const plain = tones[level] !== undefined || !screen.isTTY || env.TERM === 'dumb';
  const silence = env.CI ? quietInLogsMs : quietMs;
  const { emit, pause } = plain
    ? plainSink(screen, now, { silence, told: tones[level] })
    : liveSink(screen, Boolean(env.NO_COLOR), now);
  return { emit: (fact) => emit(maskedFact(fact)), pause };
}

function plainSink(
  screen: Screen,
  now: () => number,
  { silence, told }: { readonly silence: number; readonly told?: readonly Tone[] | undefined },
): Sink {
  let last = Number.NEGATIVE_INFINITY;
  const stages = new Set<string>();
  return {
    emit(fact) {
      const utterance = describeFact(fact);
      if (told && !told.includes(utterance.tone)) return;
      const fresh = fact.kind === 'build-progress' && !stages.has(fact.stage);
      if (fact.kind === 'build-progress') stages.add(fact.stage);
      if (utterance.live && !fresh && now() - last < silence) return;
      last = now();
      screen.write(`${indented(utterance.text)}\n`);
    },
    pause: () => {},
  };
}

function liveSink(screen: Screen, colourless: boolean, now: () => number): Sink {
  const live = new Map<string, Utterance>();
  let drawn = 0;
  let last = Number.NEGATIVE_INFINITY;
  const paint = (text: string, tone: Tone): string =>
    colourless || tone === 'plain' ? text : `\u001b[${codes[tone]}m${text}\u001b[0m`;
  const erase = (): string => {
    const up = drawn > 0 ? `\u001b[${drawn}A` : '';
    drawn = 0;
    return `${up}\r\u001b[J`;
  };
  const draw = (lasting: string): void => {
    last = now();
    const width = (screen.columns ?? 80) - 1;
    const shown = fitting([...live.values()], (screen.rows ?? 24) - 2);
    const lines = shown.map(
      ({ text, tone, parts = { head: text, more: [] } }) => `${paint(liveLine(parts, width), tone)}\n`,
    );
    screen.write(`${erase()}${lasting}${lines.join('')}`);
    drawn = lines.length;
  };
  return {
    emit(fact) {
      const utterance = describeFact(fact);
      const { about, over } = utterance;
      if (utterance.live && about !== undefined && !over) live.set(about, utterance);
      else if (about !== undefined) live.delete(about);
      if (utterance.live && now() - last < frameMs) return;
      draw(utterance.live ? '' : `${paint(indented(utterance.text), utterance.tone)}\n`);
    },
    pause() {
      live.clear();
      if (drawn > 0) screen.write(erase());
    },
  };
}

/** Characters of a bar, and those that a head keeps before anything is shown behind it. */
const barWidth = 10;
const headWidth = 30;

/** One live line in a width: the head, a bar, and of what else there is to say as much as there is room for. */
function liveLine({ head, share, more }: LiveParts, width: number): string {
  const text = oneLine(head);
  let room = width - Math.min(text.length, Math.max(headWidth, Math.floor(width / 2)));
  const tail: string[] = [];
  for (const part of [...(share === undefined ? [] : [bar(share)]), ...more.map(oneLine)]) {
    if (part.length + 2 > room) break;
    tail.push(part);
    room -= part.length + 2;
  }
  const behind = tail.map((part) => `  ${part}`).join('');
  return `${cut(text, width - behind.length)}${behind}`;
}

/** `[####------]  42 %`. */
function bar(share: number): string {
  const filled = Math.floor(share * barWidth);
  const percent = String(Math.floor(share * 100)).padStart(3);
  return `[${'#'.repeat(filled).padEnd(barWidth, '-')}] ${percent} %`;
}

function cut(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, Math.max(0, width - 3))}...`;
}

/** As many as there is room for: a cursor does not go back above the first line of the screen. */
function fitting(all: readonly Utterance[], room: number): readonly Utterance[] {
  if (all.length <= Math.max(1, room)) return all;
  const shown = all.slice(0, Math.max(0, room - 1));
  return [...shown, { text: `... and ${all.length - shown.length} more`, tone: 'dim' }];
}
