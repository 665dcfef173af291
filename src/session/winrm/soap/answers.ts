import { plainText } from '../../plain-text.ts';
import { childOf, readXml, type XmlElement } from '../../xml/read-xml.ts';
import { doneState, namespaces } from './names.ts';

const { s, w, f, rsp, cfg } = namespaces;

/** What a node says instead of an answer. */
export interface Fault {
  /** That of Windows: 2150858793. Absent: it gives none. */
  readonly code?: number;
  /** `TimedOut` of `w:TimedOut`. */
  readonly subcode: string;
  readonly text: string;
}

/** What a command printed, and whether it is over. */
export interface Output {
  readonly pieces: readonly { readonly stream: 'stdout' | 'stderr'; readonly bytes: Buffer }[];
  readonly done: boolean;
  readonly exitCode?: number;
}

/** The content of the body of an envelope. Throws SyntaxError for what is no envelope. */
export function readEnvelope(text: string): XmlElement {
  const root = readXml(text);
  const body = childOf(root, s, 'Body');
  if (root.name !== 'Envelope' || root.namespace !== s || !body)
    throw new SyntaxError('there is no SOAP envelope');
  return body;
}

/** The fault in a body; undefined: it has none. */
export function faultIn(body: XmlElement): Fault | undefined {
  const fault = childOf(body, s, 'Fault');
  if (!fault) return undefined;
  const subcode = childOf(childOf(childOf(fault, s, 'Code'), s, 'Subcode'), s, 'Value')?.text.trim() ?? '';
  const windows = childOf(childOf(fault, s, 'Detail'), f, 'WSManFault');
  const code = Number(windows?.attributes.get('Code') ?? Number.NaN);
  const text =
    allText(childOf(windows, f, 'Message')) || allText(childOf(childOf(fault, s, 'Reason'), s, 'Text'));
  return {
    ...(Number.isInteger(code) && { code: code >>> 0 }),
    subcode: subcode.replace(/^.*:/, ''),
    text: plainText(text).replace(/\s+/g, ' ').trim(),
  };
}

/** The identifier of a new shell; undefined: the answer has none. */
export function shellIn(body: XmlElement): string | undefined {
  const own = childOf(childOf(body, rsp, 'Shell'), rsp, 'ShellId')?.text.trim();
  return (
    own ||
    descendant(body, w, 'Selector', ({ attributes }) => attributes.get('Name') === 'ShellId')?.text.trim()
  );
}

export function commandIn(body: XmlElement): string | undefined {
  return childOf(childOf(body, rsp, 'CommandResponse'), rsp, 'CommandId')?.text.trim() || undefined;
}

/** Bytes of the longest envelope that the service takes; undefined: it does not say. */
export function envelopeSizeIn(body: XmlElement): number | undefined {
  const size = Number(childOf(childOf(body, cfg, 'Config'), cfg, 'MaxEnvelopeSizekb')?.text);
  return Number.isInteger(size) && size > 0 ? size * 1024 : undefined;
}

/** What the answer to Receive holds. Streams without content are normal. Throws SyntaxError for another answer. */
export function outputIn(body: XmlElement): Output {
  const response = childOf(body, rsp, 'ReceiveResponse');
  if (!response) throw new SyntaxError('it is no answer to Receive');
  const pieces = response.children.flatMap(({ name, namespace, attributes, text }) => {
    const stream = attributes.get('Name');
    if (name !== 'Stream' || namespace !== rsp || (stream !== 'stdout' && stream !== 'stderr')) return [];
    return [{ stream, bytes: Buffer.from(text, 'base64') } as const];
  });
  const state = childOf(response, rsp, 'CommandState');
  const exitCode = Number(childOf(state, rsp, 'ExitCode')?.text || Number.NaN);
  return {
    pieces,
    done: state?.attributes.get('State')?.endsWith(doneState) ?? false,
    ...(Number.isInteger(exitCode) && { exitCode }),
  };
}

function allText(element: XmlElement | undefined): string {
  if (!element) return '';
  return [element.text, ...element.children.map(allText)].join(' ').trim();
}

function descendant(
  element: XmlElement,
  namespace: string,
  name: string,
  isIt: (found: XmlElement) => boolean,
): XmlElement | undefined {
  for (const child of element.children) {
    const found =
      child.name === name && child.namespace === namespace && isIt(child)
        ? child
        : descendant(child, namespace, name, isIt);
    if (found) return found;
  }
  return undefined;
}
