import type { AgentCall } from '../../../../session/session.ts';
import { uncOf } from '../../../../site/grammar/share-node.ts';
import { skip } from '../../../check.ts';
import { type Answers, cmdlet, type StorageCheck } from '../model/check.ts';
import { failIf, judged, warnIf } from '../model/outcomes.ts';
import { errorOf, firstRowOf, flagOf, numberOf, tableOf, textOf } from '../model/read.ts';
import { notShared } from '../shares/find-share.ts';
import { principalOf } from '../shares/principals.ts';

const askDomain = {
  system: cmdlet('Get-CimInstance', ['Domain', 'PartOfDomain'], { ClassName: 'Win32_ComputerSystem' }),
};

function program(file: string, ...words: readonly string[]): AgentCall {
  return { call: 'Invoke-Process', file, arguments: words, timeout: 60 };
}

/** The domain of a node; undefined: it is in none. Throws CheckError where it does not say. */
function domainOf(answers: Answers): string | undefined {
  const system = firstRowOf(answers, 'system', 'the node does not say its domain');
  return flagOf(system, 'PartOfDomain') ? textOf(system, 'Domain') : undefined;
}

/** Offsets in seconds of `06:39:15, -43149.73s`; a comma may stand for the point. Other lines, as errors, are none. */
export function offsetsOf(text: string): readonly number[] {
  return [...text.matchAll(/^\s*[\d:.]+(?:\s?[AP]M)?,\s*([+-]\d+[.,]\d+)s\s*$/gim)].map(([, offset = '']) =>
    Number(offset.replace(',', '.')),
  );
}

/** The clock against that of the domain. */
export const clock: StorageCheck = {
  sides: ['client', 'server'],
  per: 'node',
  id: 'STO-07',
  title: 'compare the clock with that of the domain',
  why: 'Kerberos refuses whoever is more than five minutes off, and with it the share.',
  remedy: 'w32tm /resync /rediscover',
  ask: () => askDomain,
  askMore(answers) {
    const domain = domainOf(answers);
    return domain === undefined
      ? {}
      : { samples: program('w32tm.exe', '/stripchart', `/computer:${domain}`, '/dataonly', '/samples:3') };
  },
  verdict(answers, { limits: { clockOffset } }) {
    const domain = domainOf(answers);
    if (domain === undefined) return skip('the node is in no domain');
    const offsets = offsetsOf(textOf(tableOf(answers, 'samples'), 'stdout'));
    const [median] = [...offsets]
      .map(Math.abs)
      .sort((a, b) => a - b)
      .slice(Math.floor((offsets.length - 1) / 2));
    const silent = failIf(
      offsets.length < 3 || median === undefined,
      `${domain} gives ${offsets.length} good samples of its time, and three are needed`,
      `w32tm /stripchart /computer:${domain}: open UDP 123 to the controllers of the domain`,
    );
    const off = median ?? 0;
    const message = `the clock is ${off.toFixed(3)} s off that of ${domain}`;
    const sync = 'w32tm /resync /rediscover; w32tm /query /source';
    return judged(
      [
        silent ??
          (off > clockOffset.fail
            ? failIf(true, message, sync)
            : warnIf(off > clockOffset.warn, message, sync)),
      ],
      message,
      { offsets },
    );
  },
};

/** The trust between node and domain, and a ticket for the file server. */
export const tickets: StorageCheck = {
  sides: ['client'],
  per: 'share',
  except: notShared,
  id: 'STO-08',
  title: 'get a ticket for the file server as the node',
  why: 'Without a ticket Windows falls back to NTLM, or to nobody, and the share stays closed.',
  remedy: 'Test-ComputerSecureChannel -Repair; setspn -Q cifs/SERVER',
  optional: ['channel'],
  ask: () => askDomain,
  askMore(answers, { share, use }) {
    const domain = domainOf(answers);
    const { server } = uncOf(share.path);
    if (domain === undefined || server === undefined || !use || principalOf(use).named) return {};
    return {
      channel: program('nltest.exe', `/sc_verify:${domain}`),
      // 0x3e7 is the logon of LocalSystem, which is the account of the computer on the wire.
      ticket: program('klist.exe', '-li', '0x3e7', 'get', `cifs/${server}`),
    };
  },
  verdict(answers, { use, share }) {
    const domain = domainOf(answers);
    if (domain === undefined) return skip('the node is in no domain');
    if (!use || principalOf(use).named)
      return skip(`only ${use?.account ?? 'the service'} itself can ask for its ticket, which STO-27 does`);
    const { server = '' } = uncOf(share.path);
    const ticket = tableOf(answers, 'ticket');
    const got =
      numberOf(ticket, 'exitCode') === 0 &&
      textOf(ticket, 'stdout').toLowerCase().includes(`cifs/${server}`.toLowerCase());
    const code =
      /0x[0-9a-f]{8}/i.exec(textOf(ticket, 'stdout'))?.[0] ?? `exit code ${textOf(ticket, 'exitCode')}`;
    const channel = errorOf(answers, 'channel') ? undefined : tableOf(answers, 'channel');
    const trusted = channel === undefined || numberOf(channel, 'exitCode') === 0;
    return judged(
      [
        failIf(
          !trusted,
          `the node and ${domain} do not trust each other`,
          'Test-ComputerSecureChannel -Repair -Credential DOMAIN\\ADMINISTRATOR',
        ),
        failIf(
          !got,
          `there is no ticket for cifs/${server}: ${code}`,
          `setspn -Q cifs/${server}; setspn -X finds names that are given twice`,
        ),
      ],
      `${domain} gives a ticket for cifs/${server}`,
      { domain },
    );
  },
};
