import { masked, maskedBytes } from '../../secret.ts';

/** Parameters whose texts are secret whatever they are: also too short to be found by their value, or of a generation before. */
const secretKeys: ReadonlySet<string> = new Set(['password', 'certificate', 'salt']);

/** Levels of nesting; no call and no answer has so many. */
const maxDepth = 32;

/** `password = ...` in a file or on a command line, to the end of its line. */
const assigned = /((?:password|passwd|secret)\w{0,40}\s{0,40}=[^\S\r\n]{0,40})[^\s[][^\r\n]*/gi;
/** The password of a URL. */
const inUrl = /(:\/\/[^\s:/@]*:)[^\s/@]+(?=@)/g;
const base64 = /^[A-Za-z0-9+/]{6,}={0,2}$/;

/**
 * Plain data with `[secret:NAME]` for each secret, at any depth: those that are known by their value, also inside of base64 and of
 * JSON, and by their place what may be one that is not known here, as the password of an earlier configuration.
 */
export function withoutSecrets<Data>(data: Data): Data {
  return hidden(data, maxDepth) as Data;
}

function hidden(data: unknown, depth: number): unknown {
  if (typeof data === 'string') return hiddenText(data);
  if (typeof data !== 'object' || data === null) return data;
  // A text in the place of what a node nests on purpose: that is refused as well.
  if (depth === 0) return '(nested deeper)';
  if (Array.isArray(data)) return data.map((item) => hidden(item, depth - 1));
  const entries = Object.entries(data).map(([key, value]) => [
    key,
    secretKeys.has(key) && typeof value === 'string' ? `[secret:${key}]` : hidden(value, depth - 1),
  ]);
  return Object.fromEntries(entries);
}

function hiddenText(text: string): string {
  const inner = text.length % 4 === 0 && base64.test(text) ? hiddenBase64(text) : hiddenJson(text);
  return masked(inner ?? text)
    .replace(assigned, '$1[secret]')
    .replace(inUrl, '$1[secret]');
}

/** Undefined where it holds none. */
function hiddenBase64(text: string): string | undefined {
  const bytes = Buffer.from(text, 'base64');
  const words = bytes.toString('utf8');
  const isText = Buffer.from(words, 'utf8').equals(bytes);
  const shown = isText ? Buffer.from(hiddenText(words), 'utf8') : maskedBytes(bytes);
  return shown.equals(bytes) ? undefined : shown.toString('base64');
}

/** Undefined where it is no JSON, or holds none. */
function hiddenJson(text: string): string | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    const before = JSON.parse(text);
    const shown = JSON.stringify(hidden(before, maxDepth));
    return shown === JSON.stringify(before) ? undefined : shown;
  } catch {
    return undefined;
  }
}
