import { createHmac } from 'node:crypto';
import { inspect } from 'node:util';

/**
 * A value that must never be seen. Every way of turning it into text gives `[secret:NAME]`; only `reveal` gives the
 * value, so that a search for `reveal(` shows every place where one leaves this type.
 */
export class Secret {
  readonly #value: string;

  constructor(
    readonly name: string,
    value: string,
  ) {
    this.#value = value;
  }

  reveal(): string {
    return this.#value;
  }

  /** HMAC-SHA256 of the value in hex: enough to compare with what a node has, not enough to learn it. */
  digest(salt: string): string {
    return createHmac('sha256', salt).update(this.#value, 'utf8').digest('hex');
  }

  toString(): string {
    return `[secret:${this.name}]`;
  }

  toJSON(): string {
    return this.toString();
  }

  [inspect.custom](): string {
    return this.toString();
  }
}

/** A text in clear, whether it is a secret or not; in a plan that is only read a secret is its name already (plan/observe/calls.ts). */
export function reveal(value: string | Secret): string {
  return typeof value === 'string' ? value : value.reveal();
}

/** Shorter values are in ordinary words as well; to mask them there would tell them. */
const shortestMasked = 4;
/** The shortest line of a longer value that is masked by itself: of a key, printed line by line. */
const shortestMaskedLine = 32;

/** What to look for in texts of others and what to put in its place, the longest first. */
let masks: readonly (readonly [spelling: string, mask: string])[] = [];

/** A secret that somebody else could repeat, as it is sent to him: `masked` takes its value out of all texts from now on. */
export function knownSecret(name: string, value: string): Secret {
  const secret = new Secret(name, value);
  if (value.length >= shortestMasked) {
    const known = new Map(masks);
    for (const spelling of spellings(value)) known.set(spelling, String(secret));
    masks = [...known].sort(([one], [other]) => other.length - one.length);
  }
  return secret;
}

/** Masks nothing from now on: what runs next in this process has secrets of its own, and a word of it may be one of these. */
export function forgetSecrets(): void {
  masks = [];
}

/** Whether a text is the value of a known secret, as it is or spelled for somewhere. */
export function isKnownSecret(text: string): boolean {
  return masks.some(([spelling]) => spelling === text);
}

/** As it is, in a URL, in JSON, in a configuration file of OpenStack, the long lines of a key, and as a part of base64. */
function spellings(value: string): readonly string[] {
  const isKey = (line: string): boolean => line.length >= shortestMaskedLine && !/\s/.test(line);
  return [
    value,
    // A lone half of a character has no place in a URL.
    ...(/\p{Surrogate}/u.test(value) ? [] : [encodeURIComponent(value)]),
    JSON.stringify(value).slice(1, -1),
    value.replaceAll('$', '$$$$'),
    ...value.split(/\r?\n/).filter(isKey),
    ...inBase64(value),
  ];
}

/** Fewer characters of base64 are in ordinary words as well. */
const shortestBase64 = 6;

/** What base64 has of a value wherever that begins in it: in UTF-8 and in UTF-16, without what its neighbours change. */
function inBase64(value: string): readonly string[] {
  return [Buffer.from(value, 'utf8'), Buffer.from(value, 'utf16le')].flatMap((bytes) =>
    [0, 1, 2].flatMap((before) => {
      const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
      const own = text.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
      const url = own.replaceAll('+', '-').replaceAll('/', '_');
      return own.length >= shortestBase64 ? [own, url] : [];
    }),
  );
}

/** A text of others (a node, a service, a program) with `[secret:NAME]` for each value that is known. */
export function masked(text: string): string {
  return masks.reduce(
    (shown, [spelling, mask]) => (shown.includes(spelling) ? shown.replaceAll(spelling, () => mask) : shown),
    text,
  );
}

/** The same for bytes that are no text of their own: values are found in UTF-8 and in UTF-16. */
export function maskedBytes(bytes: Buffer): Buffer {
  // One character for each byte, so that what is no text stays as it is.
  const inBytes = (text: string, encoding: 'utf8' | 'utf16le'): string =>
    Buffer.from(text, encoding).toString('latin1');
  let shown = bytes.toString('latin1');
  for (const [spelling, mask] of masks)
    for (const encoding of ['utf8', 'utf16le'] as const)
      shown = shown.replaceAll(inBytes(spelling, encoding), () => inBytes(mask, encoding));
  return Buffer.from(shown, 'latin1');
}

/** The same for the first `length` characters of a text; one that the end would cut in two is left out. */
export function maskedStart(text: string, length: number): string {
  if (text.length <= length) return masked(text);
  let end = length;
  for (const [spelling] of masks) {
    const from = Math.max(0, end - spelling.length + 1);
    const at = text.slice(from, end + spelling.length - 1).indexOf(spelling);
    if (at >= 0) end = from + at;
  }
  return masked(text.slice(0, end));
}

/** The same for every text in plain data, at any depth. */
export function maskedData<Data>(data: Data): Data {
  if (masks.length === 0) return data;
  if (typeof data === 'string') return masked(data) as Data;
  if (typeof data !== 'object' || data === null) return data;
  if (Array.isArray(data)) return data.map(maskedData) as Data;
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, maskedData(value)])) as Data;
}
