import { win32 } from 'node:path';
import type { Endpoint } from './endpoint.ts';

const preface = `$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
`;

/**
 * An endpoint as a script for an administrator of the node, in Windows PowerShell 5.1: pure ASCII, with its files in base64. `undo`: what
 * takes it away again. WinRM restarts with either, and ends the sessions that go over it.
 */
export function endpointScript({ files, register, unregister }: Endpoint, undo: boolean): string {
  if (undo) return `# oriel: take back: the endpoint of the agent\n${preface}${unregister.join('\n')}\n`;
  const lines = files.map(({ path, text }) =>
    [
      `[void][IO.Directory]::CreateDirectory('${win32.dirname(path)}')`,
      `[IO.File]::WriteAllBytes('${path}', [Convert]::FromBase64String('${Buffer.from(text).toString('base64')}'))`,
    ].join('\n'),
  );
  const head = '# oriel: an endpoint that lets its group start the agent, and nothing else\n';
  return `${head}${preface}${lines.join('\n')}\n${register.join('\n')}\n`;
}
