import { randomUUID } from 'node:crypto';
import { xmlText } from '../../../session/xml/xml-text.ts';
import { faultKinds, type WsmanFault } from './fault.ts';
import { anonymous, faultAction, namespaces } from './names.ts';

/** An identifier as Windows writes it. */
export function newId(): string {
  return randomUUID().toUpperCase();
}

/** The answer to a message; `body` is XML that uses the prefixes of `namespaces`. */
export function replyTo(messageId: string, action: string, body: string): string {
  return envelope(
    `<a:Action>${action}</a:Action><a:MessageID>uuid:${newId()}</a:MessageID><a:To>${anonymous}</a:To><a:RelatesTo>${xmlText(messageId)}</a:RelatesTo>`,
    body,
  );
}

/** The answer that an operation has failed on this computer. */
export function faultReply(messageId: string, fault: WsmanFault, computer: string): string {
  const { code, sender, subcode } = faultKinds[fault.kind];
  const text = xmlText(fault.message);
  const body = [
    `<s:Fault><s:Code><s:Value>s:${sender ? 'Sender' : 'Receiver'}</s:Value><s:Subcode><s:Value>${subcode}</s:Value></s:Subcode></s:Code>`,
    `<s:Reason><s:Text xml:lang="en-US">${text}</s:Text></s:Reason>`,
    `<s:Detail><f:WSManFault xmlns:f="${namespaces.f}" Code="${code}" Machine="${xmlText(computer)}"><f:Message>${text}</f:Message></f:WSManFault></s:Detail></s:Fault>`,
  ].join('');
  return replyTo(messageId, faultAction, body);
}

/** The answer of Identify, to those who have logged in and, without the version, to all others ([MS-WSMV] 3.1.4.1.31). */
export function identity(system: string): string {
  const words = {
    ProtocolVersion: 'http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd',
    ProductVendor: 'Microsoft Corporation',
    ProductVersion: `OS: ${system} SP: 0.0 Stack: 3.0`,
  };
  const lines = Object.entries(words).map(
    ([name, text]) => `<wsmid:${name}>${xmlText(text)}</wsmid:${name}>`,
  );
  return `<s:Envelope xml:lang="" xmlns:s="${namespaces.s}"><s:Header/><s:Body><wsmid:IdentifyResponse xmlns:wsmid="${namespaces.wsmid}">${lines.join('')}</wsmid:IdentifyResponse></s:Body></s:Envelope>`;
}

function envelope(header: string, body: string): string {
  const declared = (['s', 'a', 'x', 'w', 'rsp', 'p'] as const).map(
    (prefix) => `xmlns:${prefix}="${namespaces[prefix]}"`,
  );
  return `<s:Envelope xml:lang="en-US" ${declared.join(' ')}><s:Header>${header}</s:Header><s:Body>${body}</s:Body></s:Envelope>`;
}
