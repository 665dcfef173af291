import { type Asker, numberOf, type Row, textOf } from './ask.ts';
import type { NodeFacts } from './facts.ts';

const processorKey = 'HKLM\\HARDWARE\\DESCRIPTION\\System\\CentralProcessor\\0';
/** `DriveType` of Win32_LogicalDisk: a fixed disk. */
const fixedDisk = 3;

const computerQuery = {
  name: 'Get-CimInstance',
  parameters: { ClassName: 'Win32_ComputerSystem' },
  select: [
    'TotalPhysicalMemory',
    'NumberOfProcessors',
    'NumberOfLogicalProcessors',
    'Domain',
    'PartOfDomain',
  ],
};
const diskQuery = {
  name: 'Get-CimInstance',
  parameters: { ClassName: 'Win32_LogicalDisk' },
  select: ['DeviceID', 'DriveType', 'Size', 'FreeSpace'],
};
const addressQuery = { name: 'Get-NetIPAddress', select: ['IPAddress'] };

type HardwareFacts = Pick<
  NodeFacts,
  'memory' | 'processor' | 'sockets' | 'logicalProcessors' | 'disks' | 'addresses' | 'domain' | 'inDomain'
>;

/** The machine below Windows, and its place in the network. */
export async function hardwareFacts({ registry, rows }: Asker): Promise<HardwareFacts> {
  const [processor, computer, disks, addresses] = await Promise.all([
    registry('processor', processorKey, 'ProcessorNameString'),
    rows('memory', computerQuery, ([row = {}]) => row),
    rows('disks', diskQuery, disksOf),
    rows('addresses', addressQuery, addressesOf),
  ]);
  return {
    memory: numberOf(computer?.TotalPhysicalMemory),
    processor: textOf(processor),
    sockets: numberOf(computer?.NumberOfProcessors),
    logicalProcessors: numberOf(computer?.NumberOfLogicalProcessors),
    disks,
    addresses,
    domain: textOf(computer?.Domain),
    inDomain: typeof computer?.PartOfDomain === 'boolean' ? computer.PartOfDomain : null,
  };
}

function disksOf(rows: readonly Row[]): NonNullable<NodeFacts['disks']> {
  return rows
    .filter(({ DriveType }) => DriveType === fixedDisk)
    .map(({ DeviceID, Size, FreeSpace }) => ({
      drive: String(DeviceID),
      size: Number(Size),
      free: Number(FreeSpace),
    }));
}

/** Without those that lead no further than the node or its cable. */
function addressesOf(rows: readonly Row[]): readonly string[] {
  return rows
    .map(({ IPAddress }) => String(IPAddress))
    .filter((address) => !/^(127\.0\.0\.1$|::1$|fe80:|169\.254\.)/i.test(address));
}
