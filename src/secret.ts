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
