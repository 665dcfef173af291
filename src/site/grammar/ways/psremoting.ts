import { z } from 'zod';
import { line, localPath, words } from '../../values/text.ts';

/** The session configuration that `oriel node prepare --jea` makes. */
export const endpointConfiguration = 'Oriel';

/** PowerShell for other systems than Windows brings no WS-Man client. */
export function defaultOver(platform: string = process.platform): 'ssh' | 'winrm' {
  return platform === 'win32' ? 'winrm' : 'ssh';
}

const name = line.regex(
  /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/,
  words('must be a name of letters, digits, `.`, `_`, `-`'),
);

/** `nodes.NAME.psremoting`. */
export const psremoting = z
  .strictObject({
    over: z
      .enum(['ssh', 'winrm'])
      .optional()
      .describe(
        'What carries the session: ssh needs PowerShell 7.3 here and PowerShell 7 on the node; winrm needs Windows here. Default: winrm on Windows, ssh elsewhere',
      ),
    powershell: localPath
      .optional()
      .describe(
        'PowerShell of this machine that opens the session. Default: pwsh for ssh, Windows PowerShell for winrm',
      ),
    subsystem: name.optional().describe('Over ssh: subsystem of the SSH server. Default: powershell'),
    configuration: name
      .optional()
      .describe(
        `Over winrm: session configuration of the node. Default: Microsoft.PowerShell, and ${endpointConfiguration} with jea`,
      ),
    authentication: z
      .enum(['negotiate', 'kerberos', 'basic', 'credssp'])
      .optional()
      .describe('Over winrm: how you log in. Default: negotiate, which is Kerberos where it can be'),
    use_ssl: z.boolean().optional().describe('Over winrm: HTTPS. Default: false; messages are encrypted'),
    jea: z
      .boolean()
      .optional()
      .describe(
        'The configuration has the agent installed, as `oriel node prepare --jea` does it, and takes no source. Default: false',
      ),
  })
  .describe('How PowerShell reaches the node, with `via: psremoting`');
