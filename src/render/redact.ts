import { masked, reveal } from '../secret.ts';
import type { RenderedFile } from './rendered.ts';

/** Names of options and variables whose value is hidden wherever it comes from: the file may hold secrets of others. */
const secretName = /pass|secret|token|credential|key["']?$|transport_url/i;
const hidden = '[secret]';

/** A line of ours with secrets in it: what stands around them, and its name. */
interface Template {
  readonly literals: readonly string[];
  readonly name: string | undefined;
}

/**
 * The lines of a text that stands, or stood, where `file` belongs, with `[secret]` for whatever may be one; `[secret:NAME]` where a
 * line is exactly the wanted one. Hidden are what stands at the place of our secrets, values of options that have one of ours or sound
 * like one, with the lines that continue them, passwords in URLs, private keys, and all values known from the site.
 */
export function redactedLines(
  text: string,
  { shown, content }: Pick<RenderedFile, 'shown' | 'content'>,
): readonly string[] {
  const wanted = linesOf(shown);
  const exact = exactLines(wanted, linesOf(reveal(content)));
  const templates = wanted.filter((line) => line.includes('[secret:')).map(templateOf);
  const names = new Set(templates.flatMap(({ name }) => name ?? []));
  let inKey = false;
  let continues = false;
  return linesOf(text).map((line) => {
    const own = exact.get(line);
    if (own !== undefined && !inKey) {
      continues = own.includes('[secret:');
      return own;
    }
    if (/-----BEGIN [^-]*PRIVATE KEY/.test(line)) inKey = true;
    if (inKey) {
      inKey = !/-----END /.test(line);
      return hidden;
    }
    if (continues && /^\s+\S/.test(line)) return hidden;
    const secret = secretLine(line, templates, names);
    continues = secret !== undefined;
    return secret ?? masked(withoutPasswords(line));
  });
}

export function linesOf(text: string): readonly string[] {
  return text.replace(/^\ufeff/, '').split(/\r\n|\r|\n/);
}

/** How each line of ours is shown, by what it is in clear and by what it is shown as. */
function exactLines(shown: readonly string[], clear: readonly string[]): ReadonlyMap<string, string> {
  const same = shown.map((line) => [line, line] as const);
  // A secret of several lines: which of them is which cannot be told.
  if (shown.length !== clear.length) return new Map(same);
  return new Map([...clear.map((line, index) => [line, shown[index] ?? line] as const), ...same]);
}

function templateOf(line: string): Template {
  return { literals: line.split(/\[secret:[^\]]*\]/), name: nameOf(line)?.name };
}

function secretLine(
  line: string,
  templates: readonly Template[],
  names: ReadonlySet<string>,
): string | undefined {
  const template = templates.find(({ literals }) => fits(line, literals));
  if (template) return template.literals.join(hidden);
  const named = nameOf(line);
  if (!named || !(names.has(named.name) || secretName.test(named.name))) return undefined;
  return named.head === line ? line : `${named.head}${hidden}`;
}

/** Whether a line is these texts with something between them. */
function fits(line: string, literals: readonly string[]): boolean {
  const [first = '', ...others] = literals;
  const last = others.pop() ?? '';
  if (!line.startsWith(first)) return false;
  let at = first.length;
  for (const each of others) {
    const found = line.indexOf(each, at);
    if (found < 0) return false;
    at = found + each.length;
  }
  return line.length - last.length >= at && line.endsWith(last);
}

/** `password = ` of a line of an INI, YAML or JSON file, commented out or not, and the name in it. */
function nameOf(line: string): { readonly head: string; readonly name: string } | undefined {
  const found = /^([\s#;-]*)([^\s=:#;[][^=:]{0,200}?)(\s*[=:]\s*)/.exec(line);
  const [head, , name] = found ?? [];
  return head === undefined || name === undefined ? undefined : { head, name: name.toLowerCase() };
}

/** The password of a URL goes up to the last `@`: one that is written wrong has some in it. */
function withoutPasswords(line: string): string {
  return line
    .replace(/(:\/\/[^\s:@/]*:).*@/, `$1${hidden}@`)
    .replace(/([?&;][^=&;\s]*(?:pass|secret|token|key|sig)[^=&;\s]*=)[^&;\s]+/gi, `$1${hidden}`);
}
