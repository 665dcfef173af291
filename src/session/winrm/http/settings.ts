import type { NodeOf } from '../../../site/deployment.ts';

/** Where a node answers WS-Management, and how it is reached. */
export type WinrmNode = NodeOf<'winrm'>;

/** Milliseconds. */
export interface HttpBounds {
  /** For a connection with all that belongs to it. */
  readonly connect: number;
  /** For one answer. */
  readonly answer: number;
}

export function urlOf({ scheme, address, port }: WinrmNode): string {
  return `${scheme}://${hostOf(address)}:${port}/wsman`;
}

/** An address as it stands before a port. */
export function hostOf(address: string): string {
  return address.includes(':') ? `[${address}]` : address;
}
