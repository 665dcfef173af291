import type { Preparation } from './script.ts';
import type { PrepareSettings } from './settings.ts';

/** Nothing has to be opened where oriel runs on the node itself; the script shows whether the session has its rights. */
export function prepareLocal({ windows }: PrepareSettings): Preparation {
  return {
    title: `makes Windows Server ${windows} ready for via: local`,
    remarks: ['Nothing is changed: oriel starts the PowerShell of the node itself.'],
    measures: [
      {
        step: {
          why: 'shows the version of PowerShell: 3.0 or later is needed',
          commands: [{ cmdlet: 'Get-Host' }],
        },
        undo: 'nothing was changed',
      },
    ],
  };
}
