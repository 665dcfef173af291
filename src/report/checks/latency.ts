import type { Plain } from '../../resources/model/state.ts';
import { safe } from '../pages/page.ts';

/**
 * A latency that was measured over time, as evidence of a check: `points` are [seconds since the beginning, milliseconds], `marks` are
 * [seconds, what happened then].
 */
export interface Latency {
  readonly points: readonly (readonly [seconds: number, ms: number])[];
  readonly marks: readonly (readonly [seconds: number, text: string])[];
}

/** What a plot shows at most; of more points the highest of each slice, as a pause must not get lost. */
const maxPoints = 300;
const width = 640;
const height = 150;
const edge = { left: 48, right: 8, top: 12, bottom: 22 };

/** The latency in the evidence of a check, or undefined where it has none that can be drawn. */
export function latencyIn(evidence: { readonly [name: string]: Plain }): Latency | undefined {
  const { latency } = evidence;
  if (typeof latency !== 'object' || latency === null || Array.isArray(latency)) return undefined;
  const { points, marks } = latency as { readonly [name: string]: Plain };
  const drawn = pairs(points).filter((pair): pair is [number, number] => pair.every(isAmount));
  if (drawn.length < 2) return undefined;
  const told = pairs(marks).filter(
    (pair): pair is [number, string] => isAmount(pair[0]) && typeof pair[1] === 'string',
  );
  return { points: drawn, marks: told };
}

function pairs(value: Plain | undefined): readonly (readonly [Plain, Plain])[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((item: Plain) =>
    Array.isArray(item) && item.length === 2 ? [[item[0] as Plain, item[1] as Plain] as const] : [],
  );
}

function isAmount(value: Plain): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

/** A latency as a plot: SVG that needs no script, with its figures as words for who cannot see it. */
export function latencySvg({ points, marks }: Latency): string {
  const end = Math.max(1, ...points.map(([at]) => at), ...marks.map(([at]) => at));
  const worst = Math.max(...points.map(([, ms]) => ms));
  const top = worst > 0 ? worst : 1;
  const x = (at: number): string => (edge.left + (at / end) * (width - edge.left - edge.right)).toFixed(1);
  const y = (ms: number): string =>
    (height - edge.bottom - (ms / top) * (height - edge.top - edge.bottom)).toFixed(1);
  const line = thinned(points, end).map(([at, ms]) => `${x(at)},${y(ms)}`);
  const words = `latency over ${Math.round(end)} s, at most ${milliseconds(worst)}`;
  const bottom = height - edge.bottom;
  const text = (left: number | string, at: number, anchor: string, what: string): string =>
    `<text x="${left}" y="${at}" text-anchor="${anchor}">${what}</text>`;
  return [
    `<figure><svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${words}">`,
    `<line class="axis" x1="${edge.left}" y1="${bottom}" x2="${width - edge.right}" y2="${bottom}"/>`,
    `<line class="axis" x1="${edge.left}" y1="${edge.top}" x2="${edge.left}" y2="${bottom}"/>`,
    text(edge.left - 5, edge.top + 8, 'end', milliseconds(worst)),
    text(edge.left - 5, bottom, 'end', '0'),
    text(edge.left, height - 6, 'start', '0 s'),
    text(width - edge.right, height - 6, 'end', `${Math.round(end)} s`),
    ...marks.map(
      ([at, what]) =>
        `<line class="mark" x1="${x(at)}" y1="${edge.top}" x2="${x(at)}" y2="${bottom}"><title>${safe(what)}</title></line>`,
    ),
    `<polyline class="line" points="${line.join(' ')}"/></svg>`,
    `<figcaption>${[words, ...marks.map(([at, what]) => `${Math.round(at)} s: ${safe(what)}`)].join('; ')}</figcaption></figure>`,
  ].join('');
}

function milliseconds(ms: number): string {
  return ms >= 1000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms)} ms`;
}

/** The highest point of each slice of the time, where there are more than anybody could see. */
function thinned(points: Latency['points'], end: number): Latency['points'] {
  if (points.length <= maxPoints) return points;
  const slices = new Map<number, readonly [number, number]>();
  for (const point of points) {
    const slice = Math.min(maxPoints - 1, Math.floor((point[0] / end) * maxPoints));
    const known = slices.get(slice);
    if (!known || point[1] > known[1]) slices.set(slice, point);
  }
  return [...slices].sort(([one], [other]) => one - other).map(([, point]) => point);
}
