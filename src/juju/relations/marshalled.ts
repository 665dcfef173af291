import { load } from 'js-yaml';

/** A structured value of Cloudbase's charms: YAML in base64 (their Get-MarshaledObject). */
export function marshalled(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64');
}

/** A map of theirs from text to text; empty where it is none. */
export function unmarshalledMap(text: string): Readonly<Record<string, string>> {
  try {
    const data = load(Buffer.from(text, 'base64').toString('utf8'));
    if (typeof data !== 'object' || data === null) return {};
    return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, String(value)]));
  } catch {
    return {};
  }
}
