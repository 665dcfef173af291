import { join } from 'node:path';
import type { MsiFeature, MsiModel } from '../../src/msi/model/model.ts';
import { aModel, textFile } from './a-model.ts';

const features: readonly MsiFeature[] = [
  { id: 'Core', title: 'What all need' },
  { id: 'Api', title: 'Api', parent: 'Core' },
  {
    id: 'Tools',
    title: 'Tools',
    parent: 'Core',
    level: 5,
    conditions: [{ condition: 'WITHTOOLS', level: 1 }],
  },
];

/** A product whose features, directory and port can be chosen; `work` holds its service. */
export const chosen = (work: string, version: string): MsiModel =>
  aModel({
    version,
    features,
    files: [
      textFile('readme.txt', `${version}\n`),
      { ...textFile('bin/api.txt'), feature: 'Api' },
      { ...textFile('bin/tools.txt'), feature: 'Tools' },
      { ...textFile('etc/kept.conf', `${version}\n`), neverOverwrite: true, permanent: true },
      { ...textFile('etc/never.conf'), condition: 'WITHCONF' },
      { source: join(work, 'service.exe'), target: 'bin/service.exe', feature: 'Api' },
    ],
    properties: [
      { name: 'BINDPORT', value: '9292', remember: true },
      { name: 'STARTSERVICES', value: '1', secure: true },
    ],
    services: [
      {
        name: 'oriel-test',
        displayName: 'Oriel test service',
        description: '',
        file: 'bin/service.exe',
        arguments: '--port [BINDPORT]',
        start: 'demand',
        dependencies: [],
        startOnInstall: 'STARTSERVICES = 1',
      },
    ],
  });
