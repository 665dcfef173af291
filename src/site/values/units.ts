/** `30s`, `500ms`, `5m`, `1h`. */
export const durationPattern = /^(\d+)(ms|s|m|h)$/;
/** Seven days: nothing of ours waits longer, and a timer of Node ends at 24 days. */
export const maxDurationSeconds = 7 * 24 * 3600;
/** `8MiB`; a number alone counts bytes. */
export const sizePattern = /^(\d+)(B|KiB|MiB|GiB|TiB)?$/;
/** `20%`, 0 to 100. */
export const percentPattern = /^(100|\d{1,2}(?:\.\d+)?)%$/;

const seconds: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600 };
const bytes: Readonly<Record<string, number>> = {
  B: 1,
  KiB: 1024,
  MiB: 1024 ** 2,
  GiB: 1024 ** 3,
  TiB: 1024 ** 4,
};

/** Seconds of a duration that `durationPattern` accepts. */
export function secondsOf(text: string): number {
  const [, count = '0', unit = 's'] = durationPattern.exec(text) ?? [];
  return Number(count) * (seconds[unit] ?? 1);
}

/** Bytes of a size that `sizePattern` accepts. */
export function bytesOf(text: string): number {
  const [, count = '0', unit = 'B'] = sizePattern.exec(text) ?? [];
  return Number(count) * (bytes[unit] ?? 1);
}

/** Percent, 0 to 100, of a text that `percentPattern` accepts. */
export function percentOf(text: string): number {
  return Number.parseFloat(text);
}
