import { reveal, Secret } from '../secret.ts';
import type { Text } from '../site/deployment.ts';
import type { RenderedFile } from './rendered.ts';

/** Turns a text into what is written: a secret as `[secret:NAME]` for eyes, or `encode`d as the service reads it. */
export type Writer = (text: Text, encode?: (value: string) => string) => string;

const masked: Writer = (text, encode = same) => (typeof text === 'string' ? encode(text) : String(text));
const revealed: Writer = (text, encode = same) => encode(reveal(text));

function same(value: string): string {
  return value;
}

/**
 * Renders a file twice, once for eyes and once for the service. `render` must write every text through the writer it gets.
 * The content is a Secret exactly when the two differ.
 */
export function renderFile(target: string, render: (write: Writer) => string): RenderedFile {
  const name = target.slice(target.lastIndexOf('\\') + 1);
  const shown = windowsText(render(masked));
  const content = windowsText(render(revealed));
  return { name, target, shown, content: content === shown ? shown : new Secret(name, content) };
}

/** CRLF line ends, no byte order mark, one line end at the end. */
export function windowsText(text: string): string {
  return `${text
    .replace(/^\ufeff/, '')
    .replace(/\r\n?/g, '\n')
    .trimEnd()}\n`.replaceAll('\n', '\r\n');
}
