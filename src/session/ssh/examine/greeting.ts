import { connect } from 'node:net';
import type { Verdict } from '../../examine/finding.ts';
import { connected } from '../../examine/port.ts';
import type { Layer } from '../../examine/way.ts';
import { shortened } from '../../foreign-text.ts';
import { plainText } from '../../plain-text.ts';

/** What came over a new connection before anything was sent. */
export interface GreetingEvidence {
  readonly words: string;
  /** `closed`: by the other end; `silent`: nothing more came in time. */
  readonly end: 'ident' | 'closed' | 'silent';
}

/** Bytes that are read; a server may send lines before its identification, which has 255 at most (RFC 4253, 4.2). */
const maxBytes = 4096;

/** Whether an SSH server is what takes the connections. */
export const greetingLayer: Layer<{ readonly port: number }> = {
  name: 'greeting',
  async examine({ port }, { addresses }, limits) {
    const host = addresses[0] ?? '';
    return { verdict: greetingVerdict(`${host}:${port}`, await firstWords(host, port, limits.greeting)) };
  },
};

async function firstWords(host: string, port: number, ms: number): Promise<GreetingEvidence> {
  const socket = connect({ host, port });
  let words = '';
  try {
    await connected(socket, ms);
    const end = await new Promise<GreetingEvidence['end']>((resolve) => {
      const late = setTimeout(() => resolve('silent'), ms);
      const done = (how: GreetingEvidence['end']): void => {
        clearTimeout(late);
        resolve(how);
      };
      socket.on('data', (chunk: Buffer) => {
        words += chunk.toString('latin1');
        if (identIn(words) !== undefined) done('ident');
        else if (words.length > maxBytes) done('silent');
      });
      for (const event of ['error', 'close']) socket.on(event, () => done('closed'));
      // A service that waits for our words, as one of HTTP does, answers them.
      socket.write('SSH-2.0-oriel\r\n');
    });
    return { words, end };
  } catch {
    return { words, end: 'closed' };
  } finally {
    socket.destroy();
  }
}

function identIn(words: string): string | undefined {
  return /^SSH-[^\r\n]*(?=\r?\n)/m.exec(words)?.[0];
}

/** Pure: what the first words say about who took the connection. */
export function greetingVerdict(where: string, { words, end }: GreetingEvidence): Verdict {
  const ident = identIn(words);
  const shown = shortened(plainText(words.split(/\r?\n/)[0] ?? '').trim(), 100);
  const evidence = { end, words: shown };
  if (ident !== undefined) return identVerdict(shortened(plainText(ident), 100));
  if (shown !== '')
    return {
      verdict: 'fail',
      message: `${where} is not SSH: it says ${shown}`,
      cause: 'Another service has the port, or a proxy answers for the node.',
      remedy: 'Set `port` of the node to the port of its SSH server; on the node, sshd_config names it.',
      command: String.raw`Select-String -Path C:\ProgramData\ssh\sshd_config -Pattern '^\s*Port'`,
      evidence,
    };
  if (end === 'closed')
    return {
      verdict: 'fail',
      message: `${where} takes the connection and closes it without a word`,
      cause:
        'sshd has too many logins under way (MaxStartups), it cannot read its host keys, or a firewall in between ends the connection.',
      remedy: 'On the node, read why in the log of sshd.',
      command: 'Get-WinEvent -LogName OpenSSH/Operational -MaxEvents 20',
      evidence,
    };
  return {
    verdict: 'fail',
    message: `${where} takes the connection and says nothing`,
    cause:
      'A forwarder (NAT, tunnel, load balancer) takes connections for a node that is away, or sshd hangs.',
    remedy: 'Is the node on? If so, restart sshd there. An open port behind a forwarder proves nothing.',
    command: 'Restart-Service sshd',
    evidence,
  };
}

function identVerdict(ident: string): Verdict {
  const evidence = { ident };
  if (/^SSH-(2\.0|1\.99)-/.test(ident)) return { verdict: 'pass', message: ident, evidence };
  return {
    verdict: 'fail',
    message: `${ident} speaks an old version of SSH`,
    cause: 'The server knows SSH 1 alone, which nobody should use.',
    remedy: 'Install OpenSSH for Windows on the node; `oriel node prepare` prints the commands.',
    evidence,
  };
}
