import { readFileSync } from 'node:fs';
import { dataFile } from '../../../data-files.ts';
import { endpointConfiguration } from '../../../site/grammar/ways/psremoting.ts';
import { agentSource } from '../../agent-link/launch.ts';
import { endpointFunction } from '../parameters.ts';
import { farSource } from '../relay.ts';
import { configurationText, manifestText, roleText } from './texts.ts';

/** The module that an endpoint has the agent in, and its folder on the node, where accounts that are no administrators only read. */
export const endpointModule = 'OrielAgent';
const folder = `C:\\Program Files\\WindowsPowerShell\\Modules\\${endpointModule}`;

/** A file of the endpoint, by its path on the node. */
export interface EndpointFile {
  readonly path: string;
  readonly text: string;
}

/** An endpoint of Just Enough Administration (JEA) that lets a group do one thing: talk to the agent. */
export interface Endpoint {
  readonly files: readonly EndpointFile[];
  /** For an administrator of the node, in Windows PowerShell 5.1, once the files are there: one command a line. */
  readonly register: readonly string[];
  /** The same to take it away again, with its files. */
  readonly unregister: readonly string[];
}

/**
 * The endpoint of a group (`EXAMPLE\oriel`), the same bytes each time. Its sessions run as a virtual account, which is an administrator
 * of the node; they take no language and show one function, which starts the agent from a file that only administrators can change.
 */
export function endpointFor(group: string): Endpoint {
  const configuration = `${folder}\\${endpointModule}.pssc`;
  const files = [
    { path: `${folder}\\${endpointModule}.psd1`, text: manifestText(endpointModule, endpointFunction) },
    { path: `${folder}\\${endpointModule}.psm1`, text: moduleText() },
    { path: `${folder}\\Agent.ps1`, text: installedAgent() },
    {
      path: `${folder}\\RoleCapabilities\\${endpointModule}.psrc`,
      text: roleText(endpointModule, endpointFunction),
    },
    { path: configuration, text: configurationText(endpointModule, group) },
  ];
  return {
    files,
    register: [
      `Register-PSSessionConfiguration -Name '${endpointConfiguration}' -Path '${configuration}' -Force`,
    ],
    unregister: [
      `Unregister-PSSessionConfiguration -Name '${endpointConfiguration}' -Force`,
      `Remove-Item -LiteralPath '${folder}' -Recurse -Force`,
    ],
  };
}

/** The far end of the relay, and the one function that is seen: it starts the agent that stands beside it. */
function moduleText(): string {
  const start = '-NoLogo -NoProfile -NonInteractive -ExecutionPolicy Bypass -File "';
  return `${farSource()}
# The one function of the endpoint. Its pipeline carries the lines of the agent protocol, and no source.
function ${endpointFunction} {
    Invoke-AgentProcess $input ('${start}' + [IO.Path]::Combine($PSScriptRoot, 'Agent.ps1') + '"')
}
Export-ModuleMember -Function '${endpointFunction}'
`;
}

/** The agent as a script that starts itself: as the bootstrap does it, which gets the source over standard input instead. */
function installedAgent(): string {
  const bootstrap = readFileSync(dataFile('agent', 'bootstrap.ps1'), 'utf8');
  const source = agentSource(dataFile('agent'));
  const unpacking = /^\$z=.*\n.*$/m;
  if (!unpacking.test(bootstrap)) throw new TypeError('agent/bootstrap.ps1 unpacks no source');
  return bootstrap.replace(unpacking, () => source);
}
