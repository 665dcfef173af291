import { randomUUID } from 'node:crypto';
import { SaxesParser, type SaxesTagNS } from 'saxes';

/** One element of a document that another machine sent. */
export interface XmlElement {
  /** Local name; prefixes are gone. */
  readonly name: string;
  readonly namespace: string;
  /** By local name, and by `{namespace}name` for one that has a prefix. Declarations of namespaces are left out. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** Its own text, without that of its children. */
  readonly text: string;
}

interface Open extends XmlElement {
  readonly children: XmlElement[];
  text: string;
}

/** SOAP nests less than twenty deep. */
const maxDepth = 100;
const declarations = 'http://www.w3.org/2000/xmlns/';

/**
 * Reads a document strictly: well-formed, with namespaces. What SOAP 1.2 (section 5) forbids is refused: a document type, and so every
 * entity but the five of XML, and processing instructions. Throws SyntaxError with line and column. The caller bounds the length.
 */
export function readXml(text: string): XmlElement {
  const { short, whole } = withoutBase64(text);
  const parser = new SaxesParser({ xmlns: true });
  const open: Open[] = [];
  let root: Open | undefined;
  const refuse = (message: string): never => {
    throw new SyntaxError(`${parser.line}:${parser.column}: ${message}`);
  };
  parser.on('error', (error) => {
    throw new SyntaxError(error.message);
  });
  parser.on('doctype', () => refuse('a document type is not allowed'));
  parser.on('processinginstruction', () => refuse('a processing instruction is not allowed'));
  parser.on('opentag', (tag) => {
    const element = elementOf(tag);
    open.at(-1)?.children.push(element);
    root ??= element;
    if (open.push(element) > maxDepth) refuse(`nested more than ${maxDepth} deep`);
  });
  parser.on('closetag', () => {
    const element = open.pop();
    if (element) element.text = whole(element.text);
  });
  for (const event of ['text', 'cdata'] as const)
    parser.on(event, (part) => {
      const element = open.at(-1);
      if (element) element.text += part;
    });
  parser.write(short).close();
  return root ?? refuse('there is no element');
}

/** Characters between two tags from which on it is worth while to keep base64 from the parser. */
const longText = 4096;

/** A document with a short word in place of each long base64, as the parser looks at every character; `whole` puts them back into a text. */
function withoutBase64(text: string): { readonly short: string; readonly whole: (text: string) => string } {
  const mark = `base64-${randomUUID()}-`;
  const cut: string[] = [];
  const kept: string[] = [];
  let from = 0;
  // From one tag to the next: nine tenths of a message that carries bytes are one such text.
  for (let end = text.indexOf('>'); end >= 0; end = text.indexOf('>', end + 1)) {
    const next = text.indexOf('<', end);
    if (next < 0) break;
    const between = next - end > longText ? text.slice(end + 1, next) : '';
    if (between !== '' && /^[\dA-Za-z+/=]+$/.test(between)) {
      kept.push(text.slice(from, end + 1), `${mark}${cut.push(between) - 1}`);
      from = next;
    }
    end = next;
  }
  if (cut.length === 0) return { short: text, whole: (part) => part };
  kept.push(text.slice(from));
  const marks = new RegExp(`${mark}(\\d+)`, 'g');
  const whole = (part: string): string => part.replace(marks, (_, index: string) => cut[Number(index)] ?? '');
  return { short: kept.join(''), whole };
}

/** The first child of this name, and of this namespace. */
export function childOf(
  element: XmlElement | undefined,
  namespace: string,
  name: string,
): XmlElement | undefined {
  return element?.children.find((child) => child.name === name && child.namespace === namespace);
}

function elementOf({ local, uri, attributes }: SaxesTagNS): Open {
  const pairs = Object.values(attributes)
    .filter((each) => each.uri !== declarations)
    .map((each) => [each.uri === '' ? each.local : `{${each.uri}}${each.local}`, each.value] as const);
  return { name: local, namespace: uri, attributes: new Map(pairs), children: [], text: '' };
}
