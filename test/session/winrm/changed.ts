const parts = [
  ...['<', '>', '&', '"', '\0', '\u{1f600}', '\ud83d', '&#0;', '99999999999'],
  ...['<!DOCTYPE x>', '<?x?>', '</s:Body>', '\r\n', ': ', ' '],
];

/** Numbers below a bound, always the same for a seed. */
export function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** A text that was cut, or got something in its middle, one to three times. */
export function changed(text: string, random: (below: number) => number): string {
  let result = text;
  for (let change = random(3); change >= 0; change -= 1) {
    const at = random(result.length);
    const cut = [0, 1, random(200)][random(3)] ?? 0;
    result = result.slice(0, at) + (parts[random(parts.length * 2)] ?? '') + result.slice(at + cut);
  }
  return result;
}
