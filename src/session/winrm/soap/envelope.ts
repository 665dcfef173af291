import { randomUUID } from 'node:crypto';
import { xmlText } from '../../xml/xml-text.ts';
import { anonymous, namespaces } from './names.ts';

/** One question to a node. */
export interface Message {
  readonly action: string;
  readonly resource: string;
  /** The shell that it is about. */
  readonly shell?: string;
  readonly options?: Readonly<Record<string, string>>;
  /** Elements, as XML with the prefixes of names.ts. */
  readonly body: string;
}

/** What all questions of one session have in common. */
export interface Addressing {
  readonly url: string;
  /** Bytes of an envelope that we take. */
  readonly maxEnvelope: number;
  readonly sessionId: string;
}

const declarations = Object.entries(namespaces)
  .map(([prefix, uri]) => `xmlns:${prefix}="${uri}"`)
  .join(' ');

/**
 * A message as a SOAP envelope; `operationTimeout`: milliseconds after which the node should say that it has nothing to say.
 * Throws RangeError where a text in it has characters that XML cannot say.
 */
export function envelope(
  { action, resource, shell, options = {}, body }: Message,
  to: Addressing,
  operationTimeout: number,
): string {
  const header = [
    `<a:To>${xmlText(to.url)}</a:To>`,
    `<a:ReplyTo><a:Address s:mustUnderstand="true">${anonymous}</a:Address></a:ReplyTo>`,
    `<w:MaxEnvelopeSize s:mustUnderstand="true">${to.maxEnvelope}</w:MaxEnvelopeSize>`,
    `<a:MessageID>uuid:${randomUUID()}</a:MessageID>`,
    // English texts: what a fault says is shown, and people search for it.
    '<w:Locale xml:lang="en-US" s:mustUnderstand="false"/><p:DataLocale xml:lang="en-US" s:mustUnderstand="false"/>',
    `<p:SessionId s:mustUnderstand="false">uuid:${to.sessionId}</p:SessionId>`,
    `<w:OperationTimeout>${duration(operationTimeout)}</w:OperationTimeout>`,
    `<w:ResourceURI s:mustUnderstand="true">${resource}</w:ResourceURI>`,
    `<a:Action s:mustUnderstand="true">${action}</a:Action>`,
    shell === undefined
      ? ''
      : `<w:SelectorSet><w:Selector Name="ShellId">${xmlText(shell)}</w:Selector></w:SelectorSet>`,
    optionSet(options),
  ].join('');
  return `<s:Envelope ${declarations}><s:Header>${header}</s:Header><s:Body>${body}</s:Body></s:Envelope>`;
}

/** Milliseconds as a duration of XML Schema. */
export function duration(ms: number): string {
  return `PT${(ms / 1000).toFixed(3)}S`;
}

function optionSet(options: Readonly<Record<string, string>>): string {
  const all = Object.entries(options).map(
    ([name, value]) => `<w:Option Name="${xmlText(name)}">${xmlText(value)}</w:Option>`,
  );
  return all.length > 0 ? `<w:OptionSet s:mustUnderstand="true">${all.join('')}</w:OptionSet>` : '';
}
