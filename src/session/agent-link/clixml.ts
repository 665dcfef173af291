/**
 * What a line on PowerShell's standard error says. With `-EncodedCommand` and redirected streams it is CLIXML: error
 * and warning texts are taken out of it, progress records give nothing; other lines come back as they are.
 */
export function errorText(line: string): string {
  if (line.startsWith('#< CLIXML')) return '';
  if (!/<Objs[ >]/.test(line)) return line;
  const texts = [...line.matchAll(/<S S="(?:Error|Warning)">([^<]*)<\/S>/g)];
  return texts
    .map(([, text = '']) =>
      text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
    )
    .join('')
    .replace(/&(lt|gt|amp|quot|apos);/g, (_, name: string) => entities[name] ?? '')
    .trim();
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
