import type { Fact } from '../events/events.ts';
import { resultOf, type Verdict } from '../events/status.ts';
import { bytesText, secondsText } from './units.ts';

export type Tone = 'good' | 'bad' | 'warning' | 'dim' | 'plain';

/** How an event is said. `live`: it is true for a moment only; `about` (a node, a stage) has one such line at a time. */
export interface Utterance {
  readonly text: string;
  readonly tone: Tone;
  readonly about?: string;
  readonly live?: true;
  /** What a live line says, in parts: where there is no room for all of them, the last ones are left out. */
  readonly parts?: LiveParts;
  /** What it is about has come to an end: a screen keeps no line of it. */
  readonly over?: true;
}

export interface LiveParts {
  readonly head: string;
  /** How much is done, 0 to 1. */
  readonly share?: number;
  readonly more: readonly string[];
}

/** The stand-in is no PowerShell and says 0.0. */
function agentOf(platform: string, powershell: string): string {
  if (powershell === '0.0') return `stand-in, ${platform}`;
  return `PowerShell ${powershell}${platform === 'wine' ? ' in Wine' : ''}`;
}

type Words = { readonly [Kind in Fact['kind']]: (fact: Extract<Fact, { kind: Kind }>) => Utterance };

/** Words for every kind of event; a kind without words does not compile. */
const words: Words = {
  'run-started': ({ verb, deployment, release }) => ({
    text: `${verb} ${deployment}, OpenStack ${release}`,
    tone: 'plain',
  }),
  consent: ({ question, consent }) => ({ text: `${question} ${answers[consent]}`, tone: 'dim' }),
  'run-finished': runFinished,
  'node-connected': ({ node, platform, powershell }) => ({
    text: `${node}: connected (${agentOf(platform, powershell)})`,
    tone: 'dim',
    about: node,
  }),
  'node-failed': ({ node, message, remedy }) => ({
    text: `${node}: not reached: ${message}${advice(remedy)}`,
    tone: 'bad',
    about: node,
  }),
  'step-started': ({ step, node, action }) => ({
    text: `${step}: ${action}`,
    tone: 'dim',
    about: node,
    live: true,
  }),
  'step-progress': ({ step, node, message, done, total, rate, number, of }) => {
    const moved = amount(done, total, rate);
    const place = number === undefined || of === undefined ? [] : [`step ${number} of ${of}`];
    return {
      text: `${step}: ${message}${moved.length > 0 ? ` ${moved.join(', ')}` : ''}`,
      tone: 'dim',
      about: node,
      live: true,
      parts: { head: `${step}: ${message}`, ...shareOf(done, total), more: [...place, ...moved] },
    };
  },
  'step-log': ({ step, line }) => ({ text: `${step} | ${line}`, tone: 'dim' }),
  'step-finished': stepFinished,
  'check-finished': ({ check, node, verdict, seconds, message, cause, remedy }) => ({
    text: `${verdict} ${node}: ${check} (${secondsText(seconds)}): ${message}${advice(cause)}${advice(remedy)}`,
    tone: verdictTones[verdict],
    about: node,
  }),
  'build-progress': ({ stage, message, done, total }) => ({
    text: `${stage}: ${message}${countOf(done, total)
      .map((text) => ` (${text})`)
      .join('')}`,
    tone: 'dim',
    about: stage,
    live: true,
    parts: { head: `${stage}: ${message}`, ...shareOf(done, total), more: countOf(done, total) },
    ...(done !== undefined && done === total && { over: true }),
  }),
  'artifact-made': ({ name, path, sha256, bytes, unchanged }) => ({
    text: `${name}: ${unchanged ? 'unchanged' : 'built'}, ${bytesText(bytes)}, sha256 ${sha256}\n${path}`,
    tone: unchanged ? 'dim' : 'good',
  }),
  note: ({ level, message }) => ({
    text: `${level === 'warning' ? 'warning' : 'note'}: ${message}`,
    tone: level === 'warning' ? 'warning' : 'plain',
  }),
};

const verdictTones: Readonly<Record<Verdict, Tone>> = {
  pass: 'good',
  warn: 'warning',
  fail: 'bad',
  skip: 'dim',
};

/** How a question was answered. */
const answers: Readonly<Record<Extract<Fact, { kind: 'consent' }>['consent'], string>> = {
  terminal: 'yes, on the terminal',
  yes: 'yes, by --yes',
  'saved-plan': 'yes, by the saved plan',
  declined: 'no',
};

/** An event in words; what it quotes from elsewhere is not yet safe to show. */
export function describeFact(fact: Fact): Utterance {
  return (words[fact.kind] as (fact: Fact) => Utterance)(fact);
}

function runFinished(fact: Extract<Fact, { kind: 'run-finished' }>): Utterance {
  const { verb, seconds, changed, unchanged, failed, skipped } = fact;
  const result = resultOf(fact);
  const ok = result === 'done';
  const time = `in ${secondsText(seconds)}`;
  if (result === 'declined') return { text: `${verb}: declined, nothing was changed`, tone: 'plain' };
  if (ok && changed + unchanged === 0) return { text: `${verb}: nothing was changed`, tone: 'plain' };
  if (ok && changed === 0)
    return { text: `${verb}: nothing to change, ${unchanged} steps in sync, ${time}`, tone: 'good' };
  const counts = `${changed} changed, ${unchanged} in sync, ${failed} failed, ${skipped} skipped`;
  return { text: `${verb}: ${result}, ${counts}, ${time}`, tone: ok ? 'good' : 'bad' };
}

function stepFinished({
  step,
  node,
  result,
  action,
  seconds,
  reason,
  remedy,
}: Extract<Fact, { kind: 'step-finished' }>): Utterance {
  const text = `${step}: ${action ?? result} (${secondsText(seconds)}): ${reason}${advice(remedy)}`;
  if (result === 'unchanged') return { text, tone: 'dim', about: node, live: true, over: true };
  const tone = { changed: 'good', failed: 'bad', skipped: 'warning' } as const;
  return { text, tone: tone[result], about: node };
}

function advice(remedy: string | undefined): string {
  return remedy === undefined ? '' : `\n${remedy}`;
}

function amount(done?: number, total?: number, rate?: number): readonly string[] {
  if (done === undefined || total === undefined) return [];
  const moved = `${bytesText(done)} of ${bytesText(total)}`;
  if (!rate || done >= total) return [moved];
  return [moved, `${bytesText(rate)}/s`, `${secondsText(Math.ceil((total - done) / rate))} left`];
}

function shareOf(done?: number, total?: number): Pick<LiveParts, 'share'> {
  return done === undefined || !total ? {} : { share: Math.min(1, done / total) };
}

function countOf(done?: number, total?: number): readonly string[] {
  return done === undefined || total === undefined ? [] : [`${done} of ${total}`];
}
