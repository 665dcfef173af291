import { SessionError } from '../../../errors.ts';
import { textOf } from '../../foreign-text.ts';
import { plainText } from '../../plain-text.ts';
import { isSealed } from '../../security/body.ts';
import type { HttpReply } from './connection.ts';
import { urlOf, type WinrmNode } from './settings.ts';

const soap = /^application\/soap\+xml\b/i;

/** What an answer is: SOAP as it is, or sealed. Throws SessionError for one that no WinRM would give, with a line of what it says. */
export function kindOf(node: WinrmNode, reply: HttpReply): 'plain' | 'sealed' {
  const type = reply.headers['content-type'] ?? '';
  if (isSealed(type)) return 'sealed';
  if (soap.test(type) && reply.body.length > 0) return 'plain';
  throw refusal(node, reply);
}

/** An answer without SOAP, as an error. */
export function refusal(node: WinrmNode, reply: HttpReply): SessionError {
  const { status, headers, body } = reply;
  const url = urlOf(node);
  const failed = (message: string, remedy?: string): SessionError =>
    new SessionError(node.name, 'protocol', message, remedy);
  if (status >= 300 && status < 400)
    return failed(
      `${url} redirects to ${textOf(headers.location, 200) ?? 'nowhere'}; nothing of ours goes there`,
      'Write the address of the node itself into the site file.',
    );
  if (body.length === 0 && status === 500)
    return failed(
      `${url} answered with status 500 and not a word more`,
      'Look at the log Microsoft-Windows-WinRM/Operational on the node; `Restart-Service WinRM` may help.',
    );
  if (status === 503)
    return failed(`${url} is too busy, or WinRM is about to start or to stop there (status 503)`);
  const via = textOf(headers.via, 100);
  const said = firstLine(body);
  const type = textOf(headers['content-type'], 100) ?? 'without a type';
  return failed(
    `not WinRM: ${status} ${type} from ${url}${via ? ` (Via: ${via})` : ''}${said ? `: ${said}` : ''}`,
    'Does another service, or a proxy, answer at this address and port?',
  );
}

/** The first words of a page, without its tags and control characters. */
function firstLine(body: Buffer): string {
  const text = plainText(body.subarray(0, 4_096).toString('utf8'))
    .replace(/<(script|style)\b.*?<\/\1>/gis, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim();
  return text ? (textOf(text, 120) ?? '') : '';
}
