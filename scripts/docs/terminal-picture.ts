/** Colours of the marks and verdicts with which lines begin, on dark ground. */
const colours: readonly (readonly [RegExp, string])[] = [
  [/^\$ /, '#8ab4f8'],
  [/^ *\+ |^pass\b|: done\b/, '#7ee787'],
  [/^ *~ |^warn\b/, '#e3b341'],
  [/^ *- |^fail\b/, '#ff7b72'],
  [/^ *[?>!] /, '#a5a5c5'],
];

const [size, lineHeight, padding] = [14, 20, 20];

/** Lines of a terminal as an SVG: text that can be read and selected, in the fonts of who looks at it. */
export function terminalPicture(lines: readonly string[]): string {
  const columns = Math.max(...lines.map((line) => line.length), 60);
  const [width, height] = [columns * size * 0.602 + 2 * padding, lines.length * lineHeight + 2 * padding];
  const rows = lines.map((line, index) => {
    const fill = colours.find(([pattern]) => pattern.test(line))?.[1] ?? '#e6e6e6';
    const y = padding + (index + 0.75) * lineHeight;
    return `<text x="${padding}" y="${y}" fill="${fill}" xml:space="preserve">${escaped(line)}</text>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${Math.ceil(width)} ${height}" font-size="${size}"`,
    '  font-family="ui-monospace, Menlo, Consolas, DejaVu Sans Mono, monospace" role="img">',
    `<rect width="100%" height="100%" rx="8" fill="#1b1b24"/>`,
    ...rows,
    '</svg>',
    '',
  ].join('\n');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
