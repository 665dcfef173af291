import { SecurityError } from './security-error.ts';

/** One element of DER (X.690): its tag of one byte, and what it holds. */
export interface Element {
  readonly tag: number;
  readonly content: Buffer;
}

/** An element as bytes. */
export function der(tag: number, ...content: readonly Buffer[]): Buffer {
  const body = Buffer.concat(content);
  return Buffer.concat([Buffer.from([tag, ...lengthBytes(body.length)]), body]);
}

function lengthBytes(length: number): readonly number[] {
  if (length < 0x80) return [length];
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return [0x80 | bytes.length, ...bytes];
}

/** The elements that follow each other in some bytes. Throws SecurityError where they are no DER. */
export function elements(bytes: Buffer): readonly Element[] {
  const found: Element[] = [];
  for (let at = 0; at < bytes.length; ) {
    const tag = byte(bytes, at);
    const { length, next } = readLength(bytes, at + 1);
    at = next + length;
    if (at > bytes.length) throw noDer();
    found.push({ tag, content: bytes.subarray(next, at) });
  }
  return found;
}

function readLength(bytes: Buffer, at: number): { length: number; next: number } {
  const first = byte(bytes, at);
  if (first < 0x80) return { length: first, next: at + 1 };
  const size = first & 0x7f;
  if (size === 0 || size > 4 || at + 1 + size > bytes.length) throw noDer();
  return { length: bytes.readUIntBE(at + 1, size), next: at + 1 + size };
}

function byte(bytes: Buffer, at: number): number {
  const value = bytes[at];
  if (value === undefined) throw noDer();
  return value;
}

/** The one element that some bytes are. Throws SecurityError where it has another tag. */
export function only(bytes: Buffer, tag: number): Buffer {
  const [first] = elements(bytes);
  if (first?.tag !== tag) throw noDer();
  return first.content;
}

/** The fields of a SEQUENCE whose tags are `[0]`, `[1]`, ..., by their numbers. */
export function fields(sequence: Buffer): ReadonlyMap<number, Buffer> {
  return new Map(elements(only(sequence, 0x30)).map(({ tag, content }) => [tag & 0x1f, content]));
}

/** An object identifier in dots as bytes, with its tag. */
export function oid(dots: string): Buffer {
  const [first = 0, second = 0, ...others] = dots.split('.').map(Number);
  return der(0x06, Buffer.from([first * 40 + second, ...others.flatMap(base128)]));
}

function base128(value: number): readonly number[] {
  const bytes = [value % 128];
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128))
    bytes.unshift(0x80 | (rest % 128));
  return bytes;
}

/** What an object identifier holds, in dots. */
export function readOid(content: Buffer): string {
  const numbers: number[] = [];
  let value = 0;
  for (const part of content) {
    value = value * 128 + (part & 0x7f);
    if (part < 0x80) {
      numbers.push(value);
      value = 0;
    }
  }
  const [first = 0, ...others] = numbers;
  const root = Math.min(Math.floor(first / 40), 2);
  return [root, first - root * 40, ...others].join('.');
}

function noDer(): SecurityError {
  return new SecurityError('token', 'a token is cut short, or is none');
}
