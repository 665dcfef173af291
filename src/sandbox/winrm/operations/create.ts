import { childOf, type XmlElement } from '../../../session/xml/read-xml.ts';
import { xmlText } from '../../../session/xml/xml-text.ts';
import type { Caller, WinRmService } from '../service/service.ts';
import type { Shell } from '../shell/shells.ts';
import { WsmanFault } from '../soap/fault.ts';
import { commandShell, namespaces } from '../soap/names.ts';
import { secondsOf, type WsmanRequest } from '../soap/request.ts';

/** Opens a shell; what it does not say is as Windows has it. */
export async function create(
  { body }: WsmanRequest,
  { shells, config, faults }: WinRmService,
  { account, address, endpoint }: Caller,
): Promise<string> {
  if (account.mayNotOpenShells || faults().refuseCreate) throw new WsmanFault('accessDenied');
  if (shells.all(account.name).length >= config.MaxShellsPerUser)
    throw new WsmanFault('tooManyShells', config.MaxShellsPerUser);
  const wish = (name: string): string => childOf(body, namespaces.rsp, name)?.text.trim() ?? '';
  const idle = secondsOf(wish('IdleTimeOut'));
  const directory = wish('WorkingDirectory');
  const shell = shells.open({
    owner: account.name,
    clientAddress: address,
    environment: variables(childOf(body, namespaces.rsp, 'Environment')),
    idleTimeout: idle === undefined ? config.IdleTimeout : idle * 1000,
    ...(directory !== '' && { directory }),
  });
  return created(shell, endpoint);
}

function variables(environment: XmlElement | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries(
    environment?.children.map((each) => [each.attributes.get('Name') ?? '', each.text]) ?? [],
  );
}

function created({ id, owner, clientAddress, idleTimeout }: Shell, endpoint: string): string {
  const parameters = `<w:ResourceURI>${commandShell}</w:ResourceURI><w:SelectorSet><w:Selector Name="ShellId">${id}</w:Selector></w:SelectorSet>`;
  const about = {
    ShellId: id,
    ResourceUri: commandShell,
    Owner: owner,
    ClientIP: clientAddress,
    IdleTimeOut: `PT${(idleTimeout / 1000).toFixed(3)}S`,
    InputStreams: 'stdin',
    OutputStreams: 'stdout stderr',
    ShellRunTime: 'P0DT0H0M0S',
    ShellInactivity: 'P0DT0H0M0S',
  };
  const lines = Object.entries(about).map(([name, text]) => `<rsp:${name}>${xmlText(text)}</rsp:${name}>`);
  return `<x:ResourceCreated><a:Address>${xmlText(endpoint)}</a:Address><a:ReferenceParameters>${parameters}</a:ReferenceParameters></x:ResourceCreated><rsp:Shell>${lines.join('')}</rsp:Shell>`;
}
