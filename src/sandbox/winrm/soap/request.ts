import { childOf, readXml, type XmlElement } from '../../../session/xml/read-xml.ts';
import { WsmanFault } from './fault.ts';
import { namespaces } from './names.ts';

/** One message of a client. */
export interface WsmanRequest {
  /** Empty of Identify, which has no header. */
  readonly action: string;
  readonly resource: string;
  /** As it was sent, with `uuid:`. */
  readonly messageId: string;
  readonly selectors: ReadonlyMap<string, string>;
  readonly options: ReadonlyMap<string, string>;
  /** Bytes that the reply may have. */
  readonly maxEnvelope: number;
  /** Milliseconds after which an answer is due, whatever it is; absent: the service decides. */
  readonly timeout?: number;
  readonly body?: XmlElement;
}

/** Clients that name no size take so much ([MS-WSMV] 3.1.4.1.29: MaxEnvelopeSize, WinRM 1.1 and 2.0). */
const usualEnvelope = 153_600;

/** Reads an envelope. Throws WsmanFault where it is none. */
export function readRequest(text: string): WsmanRequest {
  const envelope = parsed(text);
  const { s, a, w } = namespaces;
  if (envelope.name !== 'Envelope' || envelope.namespace !== s) throw new WsmanFault('badXml');
  const header = childOf(envelope, s, 'Header');
  const textOf = (namespace: string, name: string): string =>
    childOf(header, namespace, name)?.text.trim() ?? '';
  const timeout = secondsOf(textOf(w, 'OperationTimeout'));
  const body = childOf(envelope, s, 'Body')?.children[0];
  return {
    action: textOf(a, 'Action'),
    resource: textOf(w, 'ResourceURI'),
    messageId: textOf(a, 'MessageID'),
    selectors: namedValues(childOf(header, w, 'SelectorSet')),
    options: namedValues(childOf(header, w, 'OptionSet')),
    maxEnvelope: Number(textOf(w, 'MaxEnvelopeSize')) || usualEnvelope,
    ...(timeout !== undefined && { timeout: timeout * 1000 }),
    ...(body && { body }),
  };
}

/** Seconds of a duration of XML Schema, `PT20S` or `P0DT1H0M0.5S`; undefined where it is none. */
export function secondsOf(duration: string): number | undefined {
  const parts = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(duration)?.slice(1);
  const sizes = [86_400, 3600, 60, 1];
  return parts?.reduce((sum, part, index) => sum + Number(part ?? 0) * (sizes[index] ?? 0), 0);
}

function parsed(text: string): XmlElement {
  try {
    return readXml(text);
  } catch {
    throw new WsmanFault('badXml');
  }
}

/** By name in small letters: Windows compares names of selectors and options without case. */
function namedValues(set: XmlElement | undefined): ReadonlyMap<string, string> {
  return new Map(
    set?.children.map((each) => [each.attributes.get('Name')?.toLowerCase() ?? '', each.text.trim()]),
  );
}
