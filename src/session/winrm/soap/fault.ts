import { SessionError } from '../../../errors.ts';
import { textOf } from '../../foreign-text.ts';
import type { Fault } from './answers.ts';
import { knownFaults } from './known-faults.ts';

const timedOutCode = 0x80338029;
const shellGoneCodes: readonly (number | undefined)[] = [0x8033805b, 995];
/** Characters of a node's own words that are shown. */
const maxText = 1_000;

/** The node had nothing to say in time, or could not do it in time. */
export function isTimedOut({ code, subcode }: Fault): boolean {
  return code === timedOutCode || (code === undefined && subcode === 'TimedOut');
}

/** There is no such shell any more. */
export function isShellGone({ code }: Fault): boolean {
  return shellGoneCodes.includes(code);
}

/** A fault as an error: what it means where that is known, else the node's words; and what to do. `doing`: `to open a shell`. */
export function faultError(node: string, doing: string, fault: Fault): SessionError {
  const { code, subcode, text } = fault;
  const known = code === undefined ? undefined : knownFaults[code];
  const shown = textOf(text, maxText);
  const says = known?.means ?? shown ?? 'it does not say why';
  const codes = [...(code === undefined ? [] : [described(code)]), ...(subcode ? [subcode] : [])].join(', ');
  const kind = isShellGone(fault) ? 'lost' : 'protocol';
  const own = known && shown ? `\nIt says:\n  ${shown}` : '';
  return new SessionError(
    node,
    kind,
    `the node refuses ${doing}: ${says}${codes && ` (${textOf(codes, maxText)})`}${own}`,
    known?.remedy,
  );
}

/** A code of Windows: small ones as people know them, `HRESULT`s as they are searched for. */
export function described(code: number): string {
  return code > 0xffff ? `0x${(code >>> 0).toString(16).toUpperCase().padStart(8, '0')}` : `code ${code}`;
}
