import type { KnownError } from './model/known-error.ts';

/** Where a number comes from: the same one means another thing elsewhere. */
export type CodeFamily = 'win32' | 'ntstatus' | 'http' | 'errno' | 'event';

/** One code of a known error, as people write it: `Win32 5`, `0xC0000022 STATUS_ACCESS_DENIED`. */
export interface ErrorCode {
  readonly error: KnownError;
  readonly family: CodeFamily;
  readonly value: number;
  /** Absent where it has only a number. */
  readonly name?: string;
}

const families: readonly CodeFamily[] = ['win32', 'ntstatus', 'http', 'errno', 'event'];

/** The codes of one error, by family. */
export function codesOf(error: KnownError): readonly ErrorCode[] {
  const { win32 = [], ntstatus = {}, http = [], errno = {}, events = [] } = error.codes;
  const numbers = (family: CodeFamily, values: readonly number[]) =>
    values.map((value): ErrorCode => ({ error, family, value }));
  const named = (family: CodeFamily, values: Readonly<Record<string, number>>) =>
    Object.entries(values).map(([name, value]): ErrorCode => ({ error, family, value, name }));
  return [
    ...numbers('win32', win32),
    ...named('ntstatus', ntstatus),
    ...numbers('http', http),
    ...named('errno', errno),
    ...numbers('event', events),
  ];
}

/** The codes of `errors` that a number stands for, in the families given: 5, 0xC0000022, -1073741790, 0x80070005. */
export function codesOfNumber(
  errors: readonly KnownError[],
  text: string,
  among = families,
): readonly ErrorCode[] {
  const value = Number(text) >>> 0;
  if (!/^(0x[0-9a-f]{1,8}|-?\d{1,10})$/i.test(text) || Number.isNaN(Number(text))) return [];
  // 0x8007NNNN is the HRESULT of the Win32 error NNNN.
  const win32 = value >>> 16 === 0x8007 ? value & 0xffff : undefined;
  return errors.flatMap(codesOf).filter((code) => {
    if (win32 !== undefined) return code.family === 'win32' && code.value === win32;
    return code.value === value && among.includes(code.family);
  });
}

/** The codes with a name: `STATUS_ACCESS_DENIED`, `NT_STATUS_ACCESS_DENIED` as Samba writes it, `EACCES`. */
export function codesOfName(errors: readonly KnownError[], text: string): readonly ErrorCode[] {
  const name = text.toUpperCase().replace(/^NT_/, '');
  return errors.flatMap(codesOf).filter((code) => code.name === name);
}

const labels: Readonly<Record<CodeFamily, string>> = {
  win32: 'Win32',
  ntstatus: 'NTSTATUS',
  http: 'HTTP',
  errno: 'errno',
  event: 'event',
};

/** `Win32 5`, `NTSTATUS 0xC0000022 STATUS_ACCESS_DENIED`. */
export function codeText({ family, value, name }: Omit<ErrorCode, 'error'>): string {
  const hex = family === 'ntstatus' || value > 0xffff;
  const number = hex ? `0x${value.toString(16).toUpperCase().padStart(8, '0')}` : String(value);
  return [labels[family], number, name].filter(Boolean).join(' ');
}
