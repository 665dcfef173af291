import type { Share } from '../../../../site/deployment.ts';
import { sameHost, uncOf } from '../../../../site/grammar/share-node.ts';
import { type CheckOutcome, fail } from '../../../check.ts';
import { cmdlet, type StorageCheck } from '../model/check.ts';
import { failIf, judged } from '../model/outcomes.ts';
import { evidenceOf, firstRowOf, flagOf, numberOf, type Row, rowsOf, same, textOf } from '../model/read.ts';
import { argumentsOf, identityOf, notShared } from '../shares/find-share.ts';
import { isPrincipal, principalOf } from '../shares/principals.ts';

/** The numbers of a dialect: `3.0.2`, `3.00`. */
function dialect(text: string): number {
  const [major = '0', minor = '0'] = text.split('.');
  return Number(major) + Number(minor.charAt(0) || '0') / 10;
}

/** The connection of the service, seen from its node while a file is open over it. */
export const connection: StorageCheck = {
  id: 'STO-28',
  sides: ['client'],
  per: 'share',
  except: notShared,
  needsProbe: true,
  title: 'look at the connection of the service to the share',
  why: 'Continuous availability and encryption are of a connection: what the share offers is not yet what the service got.',
  remedy: 'Get-SmbConnection while the service writes',
  ask: () => ({
    connections: cmdlet('Get-SmbConnection', [
      ...[
        'ServerName',
        'ShareName',
        'Credential',
        'Dialect',
        'NumOpens',
        'ContinuouslyAvailable',
        'Encrypted',
      ],
    ]),
    // A site file may call the node by another name than Windows does.
    computer: cmdlet('Get-CimInstance', ['Name'], { ClassName: 'Win32_ComputerSystem' }),
  }),
  verdict(answers, { share, use }) {
    const { server = '' } = uncOf(share.path);
    const { name } = identityOf(share);
    const there = rowsOf(answers, 'connections').filter(
      (row) => sameHost(textOf(row, 'ServerName'), server) && same(textOf(row, 'ShareName'), name),
    );
    if (there.length === 0 || !use)
      return fail(`the node has no connection to ${share.path} while the probe writes there`);
    const computer = firstRowOf(answers, 'computer', 'the node does not say its name');
    const principal = principalOf(use, textOf(computer, 'Name'));
    const own = there.find((row) => isPrincipal(principal, textOf(row, 'Credential')));
    if (own) return ofConnection(own, share);
    const others = there.map((row) => textOf(row, 'Credential')).join(', ');
    return fail(
      `the connection is that of ${others}, not of ${principal.name}`,
      'Get-SmbMapping, Get-SmbGlobalMapping: remove what has credentials of its own, and restart the service',
    );
  },
};

function ofConnection(own: Row, share: Share): CheckOutcome {
  const spoken = textOf(own, 'Dialect');
  const set = `Set-SmbShare ${argumentsOf(share)}`;
  return judged(
    [
      failIf(
        dialect(spoken) < 3,
        `the connection speaks SMB ${spoken}, and continuous availability needs 3.0`,
        'STO-09 shows what holds it to an old dialect',
      ),
      failIf(
        share.continuouslyAvailable && !flagOf(own, 'ContinuouslyAvailable'),
        'the connection is not continuously available',
        `STO-22, or: ${set} -ContinuouslyAvailable $true`,
      ),
      failIf(
        share.encrypt && !flagOf(own, 'Encrypted'),
        'the connection is not encrypted',
        `${set} -EncryptData $true -Force`,
      ),
      failIf(numberOf(own, 'NumOpens') < 1, 'no file is open over the connection while the probe holds one'),
    ],
    `SMB ${spoken} as ${textOf(own, 'Credential')}`,
    evidenceOf(own, 'ServerName', 'Credential', 'Dialect', 'NumOpens', 'ContinuouslyAvailable', 'Encrypted'),
  );
}
