import { CheckError } from '../../../../errors.ts';
import { sameHost, uncOf } from '../../../../site/grammar/share-node.ts';
import { skip } from '../../../check.ts';
import { type Answers, cmdlet, type StorageCheck } from '../model/check.ts';
import { judged, warnIf } from '../model/outcomes.ts';
import { errorOf, flagOf, rowsOf, tableOf, textOf } from '../model/read.ts';
import { notShared } from '../shares/find-share.ts';

/** Which ways a connection takes: told, and not judged. */
export const channels: StorageCheck = {
  sides: ['client'],
  per: 'share',
  except: notShared,
  id: 'STO-31',
  title: 'list the channels to the file server',
  why: 'Several channels, and RDMA, make uploads faster and a lost network card harmless.',
  remedy: 'Get-SmbMultichannelConnection -IncludeNotSelected',
  ask: () => ({
    channels: cmdlet('Get-SmbMultichannelConnection', [
      ...['ServerName', 'Selected', 'Failed', 'ClientIpAddress', 'ServerIpAddress'],
      ...['ClientRdmaCapable', 'ServerRdmaCapable'],
    ]),
  }),
  verdict(answers, { share }) {
    const { server = '' } = uncOf(share.path);
    const own = rowsOf(answers, 'channels').filter((row) => sameHost(textOf(row, 'ServerName'), server));
    if (own.length === 0) return skip(`the node has no connection to ${server} just now`);
    const shown = own.map((row) => {
      const rdma = flagOf(row, 'ClientRdmaCapable') && flagOf(row, 'ServerRdmaCapable') ? ', RDMA' : '';
      const state = flagOf(row, 'Failed') ? ', failed' : flagOf(row, 'Selected') ? '' : ', not selected';
      return `${textOf(row, 'ClientIpAddress')} to ${textOf(row, 'ServerIpAddress')}${rdma}${state}`;
    });
    return judged([], shown.join('; '), { channels: shown });
  },
};

const log = 'Microsoft-Windows-SmbClient/Connectivity';
const hour = 3600_000;

const askEvents = {
  events: cmdlet('Get-WinEvent', ['Id', 'TimeCreated'], {
    FilterHashtable: { LogName: log, Id: [30803, 30804] },
    MaxEvents: 1000,
  }),
};

function isWine(answers: Answers): boolean {
  return tableOf(answers, 'facts').values.platform === 'wine';
}

/** How often the SMB client lost its server. */
export const disconnects: StorageCheck = {
  sides: ['client'],
  per: 'node',
  except: notShared,
  id: 'STO-32',
  title: 'count the connections that the SMB client lost',
  why: 'Connections that are lost again and again come from a network or a server that will fail an upload one day.',
  remedy: `Get-WinEvent -LogName ${log}; Get-NetAdapterStatistics; see when the servers were drained`,
  ask: () => ({ facts: { call: 'Get-Facts' } }),
  askMore: (answers) => (isWine(answers) ? {} : askEvents),
  verdict(answers, { limits: { disconnects: most } }) {
    if (isWine(answers)) return skip('Wine has no log of events');
    const error = errorOf(answers, 'events');
    if (error?.kind === 'NoMatchingLogsFound') return skip(`this Windows has no log ${log}`);
    const facts = tableOf(answers, 'facts');
    const now = Date.parse(textOf(facts, 'time'));
    if (error?.kind === 'NoMatchingEventsFound') return judged([], 'none in a day', { hour: 0, day: 0 });
    const rows = rowsOf(answers, 'events');
    // Without events Windows gives an error that says so, and no empty answer.
    if (rows.length === 0) throw new CheckError(answers.node, 'Get-WinEvent', 'it says nothing of events');
    const ages = rows.map((row) => now - Date.parse(textOf(row, 'TimeCreated')));
    if (ages.some(Number.isNaN))
      throw new CheckError(answers.node, 'Get-WinEvent', 'the time of an event is not known');
    const within = (milliseconds: number): number => ages.filter((age) => age <= milliseconds).length;
    const [last, day] = [within(hour), within(24 * hour)];
    const message = `${last} in the last hour, ${day} in a day (events 30803, 30804)`;
    return judged(
      [
        warnIf(
          last > most.hour || day > most.day,
          message,
          `Get-WinEvent -LogName ${log} -MaxEvents 20; see whether a server was drained then`,
        ),
      ],
      message,
      { hour: last, day },
    );
  },
};
