import { v5 } from 'uuid';

/** Namespace of every identity this compiler derives; never changes, or installed components would lose their owners. */
const namespace = '6d2c6f0a-4a53-5d0e-9d0b-6f7269656c00';

export const guidPattern = /^\{[0-9A-F]{8}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{12}\}$/;

/** UUIDv5 of `text` as Windows Installer writes it: `{UPPER-CASE}`. */
export function guidOf(text: string): string {
  return `{${v5(text, namespace).toUpperCase()}}`;
}
