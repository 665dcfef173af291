import type { AgentResults } from '../../session/agent-link/agent-calls.ts';
import { type Asker, textOf } from './ask.ts';
import { frameworkOf, type NodeFacts } from './facts.ts';

const windows = 'HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion';
const framework = 'HKLM\\SOFTWARE\\Microsoft\\NET Framework Setup\\NDP\\v4\\Full';

type WindowsFacts = Pick<
  NodeFacts,
  | 'computer'
  | 'os'
  | 'edition'
  | 'installation'
  | 'build'
  | 'architecture'
  | 'dotNet'
  | 'user'
  | 'elevated'
  | 'restart'
  | 'booted'
  | 'time'
  | 'timeZone'
>;

/** Windows itself: which it is, since when it runs, and what it waits for. */
export async function windowsFacts({ call, registry }: Asker): Promise<WindowsFacts> {
  const [facts, reboot, edition, installation, revision, release] = await Promise.all([
    call('computer', { call: 'Get-Facts' }, (all: AgentResults['Get-Facts']) => all),
    call('restart', { call: 'Get-RebootState' }, (state: AgentResults['Get-RebootState']) => state),
    registry('edition', windows, 'EditionID'),
    registry('installation', windows, 'InstallationType'),
    registry('build', windows, 'UBR'),
    registry('dotNet', framework, 'Release'),
  ]);
  return {
    computer: facts?.computer ?? null,
    os: facts?.os ?? null,
    edition: textOf(edition),
    installation: textOf(installation),
    build: facts && (typeof revision === 'number' ? `${facts.osVersion}.${revision}` : facts.osVersion),
    architecture: facts?.architecture ?? null,
    dotNet: typeof release === 'number' ? frameworkOf(release) : null,
    user: facts?.user ?? null,
    elevated: facts?.elevated ?? null,
    restart: reboot?.reasons ?? null,
    booted: reboot?.booted ?? null,
    time: facts?.time ?? null,
    timeZone: facts?.timeZone ?? null,
  };
}
