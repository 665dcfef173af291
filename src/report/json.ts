/** What a terminal acts on and JSON leaves as it is: control characters of the second set, and those of `visible.ts` above them. */
const acting = /[\u007f-\u009f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Data as JSON that is the same data for programs and harmless where somebody looks at it: what nodes say is in it. */
export function json(data: unknown, indent?: number): string {
  return JSON.stringify(data, null, indent).replace(
    acting,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
