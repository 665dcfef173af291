import { programLayer } from '../examine/program.ts';
import { shellVerdict } from '../examine/shell-verdict.ts';
import type { Way } from '../examine/way.ts';
import { powerShellProgram } from './powershell-program.ts';

/** How the node itself is examined: by the PowerShell beside oriel, and then as any other. */
export const localWay: Way<'local'> = {
  layers: [
    programLayer((node) => [
      {
        file: powerShellProgram(node),
        remedy: '`powershell` of the node in the site file names another one.',
      },
    ]),
  ],
  opened: [{ layer: 'shell', passed: (node) => `${powerShellProgram(node)} starts and runs the agent` }],
  explain: async (_, failure) => shellVerdict(failure),
};
