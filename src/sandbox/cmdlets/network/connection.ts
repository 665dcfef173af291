import { z } from 'zod';
import { clusterOf } from '../cmdlet/cluster-state.ts';
import { type Cmdlet, cmdlet } from '../cmdlet/cmdlet.ts';
import { scenarioRows } from '../cmdlet/scenario.ts';

/** Whether a server takes connections on a port: those that the model knows do, but for the ports that a firewall closes. */
export const connectionCmdlets: Readonly<Record<string, Cmdlet>> = {
  'Test-NetConnection': cmdlet(
    z.looseObject({
      ComputerName: z.string().default('internetbeacon.msedge.net'),
      Port: z.number().optional(),
      CommonTCPPort: z.enum(['HTTP', 'RDP', 'SMB', 'WINRM']).optional(),
    }),
    ({ ComputerName, Port, CommonTCPPort }, node) => {
      const port = Port ?? ports[CommonTCPPort ?? 'SMB'];
      const records = scenarioRows(node, 'Resolve-DnsName');
      const address = records.find(({ Name }) => same(Name, ComputerName))?.IPAddress ?? ComputerName;
      const known = records.some(({ IPAddress }) => IPAddress === address);
      const closed = clusterOf(node).host.closedPorts[String(address)] ?? [];
      return [
        {
          ComputerName,
          RemoteAddress: known ? address : null,
          RemotePort: port,
          InterfaceAlias: 'Ethernet',
          PingSucceeded: known,
          NameResolutionSucceeded: known,
          TcpTestSucceeded: known && !closed.includes(port),
        },
      ];
    },
  ),
};

const ports = { HTTP: 80, RDP: 3389, SMB: 445, WINRM: 5985 } as const;

function same(one: unknown, other: string): boolean {
  return String(one).toLowerCase() === other.toLowerCase();
}
