const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  // A reader makes a blank or a line feed of these where they stand as they are.
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/** A text as it stands in an element or in an attribute. Throws RangeError for a character that XML 1.0 cannot say. */
export function xmlText(text: string): string {
  const lost = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u.exec(text)?.[0];
  if (lost !== undefined)
    throw new RangeError(`XML has no character U+${lost.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return text.replace(/[&<>"'\t\n\r]/g, (each) => entities[each] ?? each);
}
