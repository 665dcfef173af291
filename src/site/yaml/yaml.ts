import {
  constructFromEvents,
  EVENT_ID,
  type Event,
  getScalarValue,
  parseEvents,
  SCALAR_STYLE,
  type ScalarEvent,
  YAMLException,
} from 'js-yaml';
import type { Position, Problem } from '../../errors.ts';
import type { FileKind } from './file-kind.ts';
import type { Entry, Located, LocatedScalar } from './located.ts';
import { lineAndColumn, type YamlSource } from './source.ts';

export interface Parsed {
  /** Absent where the text is not a YAML map. */
  readonly root?: Located;
  readonly problems: readonly Problem[];
}

/** Reads one YAML document with the place of every key and value. Never throws for what the text says. */
export function parseYaml(source: YamlSource, kind: FileKind): Parsed {
  try {
    const events = parseEvents(source.text, { filename: source.file });
    const walk: Walk = { source, kind, events, next: 1, nodes: 0, anchors: new Map(), problems: [] };
    const first = events[1];
    if (!first || first.type === EVENT_ID.POP) return { problems: [emptyFile(source, kind)] };
    const root = readNode(walk, 0);
    const more = events.findIndex(({ type }, index) => index > 0 && type === EVENT_ID.DOCUMENT);
    if (more > 0) complain(walk, offsetOf(events[more + 1]), 'a second document begins here', kind.single);
    if (root.kind === 'map') return { root, problems: walk.problems };
    complain(walk, offsetOf(first), `${kind.name} is a map of keys and values`, 'begin with `name: ...`');
    return { problems: walk.problems };
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    return { problems: [brokenYaml(source, error)] };
  }
}

/** More than anybody writes; beyond, an alias stands for nothing. */
const maxNodes = 50_000;

interface Walk {
  readonly source: YamlSource;
  readonly kind: FileKind;
  readonly events: readonly Event[];
  next: number;
  /** Nodes so far, those behind aliases included. */
  nodes: number;
  readonly anchors: Map<string, { readonly node: Located; readonly nodes: number }>;
  readonly problems: Problem[];
}

/** Reads the node at the cursor. `near` is the place of its key: an empty value has none of its own. */
function readNode(walk: Walk, near: number): Located {
  const before = walk.nodes++;
  const event = walk.events[walk.next++];
  if (event?.type === EVENT_ID.ALIAS) return readAlias(walk, event);
  if (!event || !('tagStart' in event)) return { kind: 'scalar', at: place(walk, near), value: null };
  refuseTag(walk, event);
  const node = readContent(walk, event, near);
  if (event.anchorStart >= 0) refuseAnchor(walk, event, { node, nodes: walk.nodes - before });
  return node;
}

type YamlContent = Extract<Event, { tagStart: number }>;
type Alias = Extract<Event, { type: typeof EVENT_ID.ALIAS }>;

function readContent(walk: Walk, event: YamlContent, near: number): Located {
  if (event.type === EVENT_ID.SCALAR) return readScalar(walk, event, near);
  const at = place(walk, event.start);
  if (event.type === EVENT_ID.MAPPING) return { kind: 'map', at, entries: readEntries(walk) };
  const items: Located[] = [];
  while (!atEnd(walk)) items.push(readNode(walk, event.start));
  return { kind: 'list', at, items };
}

function readEntries(walk: Walk): ReadonlyMap<string, Entry> {
  const entries = new Map<string, Entry>();
  while (!atEnd(walk)) {
    const event = walk.events[walk.next];
    const offset = offsetOf(event);
    const simple = event?.type === EVENT_ID.SCALAR;
    const key = simple ? getScalarValue(walk.source.text, event) : '';
    readNode(walk, offset);
    const value = readNode(walk, offset);
    const before = entries.get(key);
    if (!simple || key === '__proto__') complain(walk, offset, 'a key is a plain word here');
    else if (before)
      complain(walk, offset, `\`${key}\` is written twice; the first one is in line ${before.at.line}`);
    else entries.set(key, { at: place(walk, offset), value });
  }
  return entries;
}

function atEnd(walk: Walk): boolean {
  const ended = walk.next >= walk.events.length || walk.events[walk.next]?.type === EVENT_ID.POP;
  if (ended) walk.next += 1;
  return ended;
}

function readScalar(walk: Walk, event: ScalarEvent, near: number): LocatedScalar {
  const bare: ScalarEvent = { ...event, tagStart: -1, tagEnd: -1, anchorStart: -1, anchorEnd: -1 };
  const frame: Event = { type: EVENT_ID.DOCUMENT, explicitStart: false, explicitEnd: false, directives: [] };
  const events: Event[] = [frame, bare, { type: EVENT_ID.POP }];
  const value = constructFromEvents(events, { source: walk.source.text })[0] as LocatedScalar['value'];
  const offset = event.valueStart < 0 ? near : offsetOf(event);
  if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value))
    complain(walk, offset, 'this number is too large to be kept exactly', 'put it in quotes');
  const written = getScalarValue(walk.source.text, event);
  const differs = typeof value === 'number' && written !== String(value);
  return { kind: 'scalar', at: place(walk, offset), value, ...(differs && { written }) };
}

function refuseTag(walk: Walk, event: YamlContent): void {
  if (event.tagStart >= 0)
    complain(walk, event.tagStart, `tags (\`!...\`) are not used in ${walk.kind.name}`, walk.kind.tags);
}

/** Anchors would give one place to two keys; the node is kept, so that what follows is checked all the same. */
function refuseAnchor(
  walk: Walk,
  event: YamlContent,
  anchored: { readonly node: Located; readonly nodes: number },
): void {
  walk.anchors.set(walk.source.text.slice(event.anchorStart, event.anchorEnd), anchored);
  const message = `anchors (\`&name\`) are not used in ${walk.kind.name}`;
  complain(walk, event.anchorStart - 1, message, walk.kind.anchors);
}

function readAlias(walk: Walk, event: Alias): Located {
  const name = walk.source.text.slice(event.anchorStart, event.anchorEnd);
  const offset = event.anchorStart - 1;
  complain(
    walk,
    offset,
    `\`*${name}\` is an alias; aliases are not used in ${walk.kind.name}`,
    'write the value again',
  );
  const { node, nodes = 0 } = walk.anchors.get(name) ?? {};
  // Aliases of aliases double with each line: a file of a kilobyte would have more nodes than memory.
  const isKept = node !== undefined && walk.nodes + nodes <= maxNodes;
  if (isKept) walk.nodes += nodes;
  return isKept ? node : { kind: 'scalar', at: place(walk, offset), value: null };
}

/** Offset where an event begins in the text; the quote belongs to a quoted scalar. */
function offsetOf(event: Event | undefined): number {
  if (!event) return 0;
  if (event.type === EVENT_ID.ALIAS) return event.anchorStart - 1;
  if (event.type === EVENT_ID.SCALAR) {
    const quoted = event.style === SCALAR_STYLE.SINGLE_QUOTED || event.style === SCALAR_STYLE.DOUBLE_QUOTED;
    return Math.max(0, event.valueStart - (quoted ? 1 : 0));
  }
  return 'start' in event ? event.start : 0;
}

function place(walk: Walk, offset: number): Position {
  return { file: walk.source.file, ...lineAndColumn(walk.source.text, offset) };
}

function complain(walk: Walk, offset: number, message: string, hint?: string): void {
  walk.problems.push({ message, position: place(walk, offset), ...(hint && { hint }) });
}

function emptyFile({ file }: YamlSource, { empty: hint }: FileKind): Problem {
  return { message: 'the file is empty', position: { file, line: 1, column: 1 }, hint };
}

const yamlHints: readonly (readonly [RegExp, string])[] = [
  [/tab char/, 'indent with spaces'],
  [
    /bad indentation of a mapping entry/,
    'align the key with its neighbours; put a value that holds `: ` in quotes',
  ],
  [
    /bad indentation|deficient indentation/,
    'align it with its neighbours, and see that every bracket and quote is closed',
  ],
  [/quoted scalar/, 'close the quote'],
  [/flow collection|flow sequence|flow mapping/, 'close the bracket'],
];

function brokenYaml({ file }: YamlSource, { reason, mark }: YAMLException): Problem {
  const hint = yamlHints.find(([pattern]) => pattern.test(reason))?.[1];
  const position = { file, line: (mark?.line ?? 0) + 1, column: (mark?.column ?? 0) + 1 };
  return { message: `this is not YAML: ${reason}`, position, ...(hint && { hint }) };
}
