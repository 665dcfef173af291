import { EVENT_ID, type Event, getScalarValue, parseEvents, SCALAR_STYLE, YAMLException } from 'js-yaml';
import { goValue } from './go-scalar.ts';
import type { Place, YamlEntry, YamlMap, YamlNode } from './node.ts';

/** Something that is wrong with the text itself. */
export interface YamlProblem {
  readonly kind: 'syntax' | 'duplicate-key' | 'key';
  readonly at: Place;
  readonly message: string;
}

export interface YamlDocuments {
  readonly documents: readonly YamlNode[];
  readonly problems: readonly YamlProblem[];
}

/** Reads every document of a text, anchors, aliases and merge keys (`<<`) resolved. Never throws for what the text says. */
export function readYaml(text: string): YamlDocuments {
  const problems: YamlProblem[] = [];
  let events: readonly Event[];
  try {
    events = parseEvents(text, {});
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const at = { line: (error.mark?.line ?? 0) + 1, column: (error.mark?.column ?? 0) + 1 };
    return { documents: [], problems: [{ kind: 'syntax', at, message: error.reason }] };
  }
  const walk: Walk = { text, lines: lineStarts(text), events, next: 0, anchors: new Map(), problems };
  const documents: YamlNode[] = [];
  while (walk.next < events.length) {
    if (events[walk.next++]?.type !== EVENT_ID.DOCUMENT) continue;
    walk.anchors.clear();
    documents.push(readNode(walk, 0));
  }
  return { documents, problems };
}

interface Walk {
  readonly text: string;
  readonly lines: readonly number[];
  readonly events: readonly Event[];
  next: number;
  readonly anchors: Map<string, YamlNode>;
  readonly problems: YamlProblem[];
}

/** Reads the node at the cursor; an empty one stands at `near`. */
function readNode(walk: Walk, near: number): YamlNode {
  const event = walk.events[walk.next];
  if (!event || event.type === EVENT_ID.POP) return empty(walk, near);
  walk.next += 1;
  if (event.type === EVENT_ID.ALIAS) {
    const name = walk.text.slice(event.anchorStart, event.anchorEnd);
    return walk.anchors.get(name) ?? empty(walk, near);
  }
  if (!('tagStart' in event)) return empty(walk, near);
  const node = readContent(walk, event, near);
  if (event.anchorStart >= 0) walk.anchors.set(walk.text.slice(event.anchorStart, event.anchorEnd), node);
  return node;
}

type Content = Extract<Event, { tagStart: number }>;

function readContent(walk: Walk, event: Content, near: number): YamlNode {
  if (event.type === EVENT_ID.SCALAR) {
    const text = getScalarValue(walk.text, event);
    const plain = event.style === SCALAR_STYLE.PLAIN;
    const isText = walk.text.slice(event.tagStart, event.tagEnd) === '!!str';
    const value = plain && !isText ? goValue(text) : text;
    return {
      kind: 'scalar',
      at: placeOf(walk, event.valueStart < 0 ? near : offsetOf(event)),
      value,
      text,
      plain,
    };
  }
  const at = placeOf(walk, event.start);
  if (event.type === EVENT_ID.MAPPING) return readMap(walk, at);
  const items: YamlNode[] = [];
  while (!atEnd(walk)) items.push(readNode(walk, event.start));
  return { kind: 'list', at, items };
}

function readMap(walk: Walk, at: Place): YamlMap {
  const own = new Map<string, YamlEntry>();
  const merged: YamlEntry[] = [];
  while (!atEnd(walk)) {
    const offset = offsetOf(walk.events[walk.next]);
    const keyNode = readNode(walk, offset);
    const value = readNode(walk, offset);
    const place = placeOf(walk, offset);
    if (keyNode.kind !== 'scalar') {
      walk.problems.push({
        kind: 'key',
        at: place,
        message: `a key is ${keyNode.kind === 'map' ? 'a map' : 'a list'}`,
      });
      continue;
    }
    const { text: key, plain } = keyNode;
    if (key === '<<' && plain) {
      merged.push(...mergedEntries(value));
      continue;
    }
    const before = own.get(key);
    if (before) {
      const message = `\`${key}\` is written twice; line ${before.at.line} has it as well`;
      walk.problems.push({ kind: 'duplicate-key', at: place, message });
    }
    own.set(key, { key, at: place, value });
  }
  const inherited = merged.filter(({ key }, index) => {
    return !own.has(key) && merged.findIndex((other) => other.key === key) === index;
  });
  return { kind: 'map', at, entries: [...inherited, ...own.values()] };
}

function mergedEntries(node: YamlNode): readonly YamlEntry[] {
  if (node.kind === 'map') return node.entries;
  return node.kind === 'list' ? node.items.flatMap(mergedEntries) : [];
}

function empty(walk: Walk, near: number): YamlNode {
  return { kind: 'scalar', at: placeOf(walk, near), value: null, text: '', plain: true };
}

function atEnd(walk: Walk): boolean {
  const ended = walk.next >= walk.events.length || walk.events[walk.next]?.type === EVENT_ID.POP;
  if (ended) walk.next += 1;
  return ended;
}

function offsetOf(event: Event | undefined): number {
  if (!event) return 0;
  if (event.type === EVENT_ID.ALIAS) return event.anchorStart - 1;
  if (event.type === EVENT_ID.SCALAR)
    return Math.max(0, event.valueStart - (event.style === SCALAR_STYLE.PLAIN ? 0 : 1));
  return 'start' in event ? event.start : 0;
}

function lineStarts(text: string): readonly number[] {
  return [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
}

/** By halves: a bundle may have thousands of keys. */
function placeOf({ lines }: Walk, offset: number): Place {
  let [low, high] = [0, lines.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((lines[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (lines[low] ?? 0) + 1 };
}
