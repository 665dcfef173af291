import type { Row } from '../database/table.ts';
import type { MsiModel, MsiService } from '../model/model.ts';
import { folded, literal, rowId } from '../model/names.ts';
import { componentOf, isTransitive, type MsiComponent } from './component.ts';

const ownProcess = 0x10;
const startTypes = { auto: 2, delayed: 2, demand: 3, disabled: 4 } as const;
/** Log and go on at boot (1); a service that cannot be installed fails the package (0x8000). */
const errorControl = 0x8001;
/** ServiceControl events. */
const startOnInstall = 1;
const stopOnInstall = 2;
const stopOnUninstall = 0x20;
const deleteOnUninstall = 0x80;

/** Row of a service. */
export const serviceKey = (name: string) => rowId('s', name);

/** Key of the component that holds nothing but the program of a service. */
export const programKey = (target: string) => `file:${folded(target)}`;
export const programComponent = ({ file }: MsiService) => rowId('c', programKey(file));

/**
 * Rows of ServiceInstall and ServiceControl; `programs` gives the component of a service's program, by target. A start under a condition
 * has a component of its own, as rows of ServiceControl have no condition.
 */
export function serviceRows({ services }: MsiModel, programs: ReadonlyMap<string, MsiComponent>) {
  const owner = ({ file }: MsiService) => programs.get(file)?.id ?? '';
  const starts = services.flatMap((service) => {
    const { name, file, startOnInstall: condition } = service;
    const program = programs.get(file);
    if (!program || typeof condition !== 'string') return [];
    const { feature, directory } = program;
    const placed = { feature, directory, attributes: isTransitive, condition };
    return [{ service, own: componentOf(`start:${name}`, placed) }];
  });
  return {
    components: starts.map(({ own }) => own),
    rows: {
      ServiceInstall: services.map((service) => [
        serviceKey(service.name),
        service.name,
        literal(service.displayName),
        ownProcess,
        startTypes[service.start],
        errorControl,
        null,
        // A list ends with an empty item of its own.
        service.dependencies.length > 0 ? `${service.dependencies.join('[~]')}[~][~]` : null,
        service.account ?? null,
        service.password ?? null,
        service.arguments || null,
        owner(service),
        service.description || null,
      ]),
      ServiceControl: [
        ...services.map((service): Row => {
          const start = service.startOnInstall === true ? startOnInstall : 0;
          const event = start | stopOnInstall | stopOnUninstall | deleteOnUninstall;
          const wait = start && service.awaitStart === false ? 0 : 1;
          return [serviceKey(service.name), service.name, event, null, wait, owner(service)];
        }),
        ...starts.map(({ service: { name, awaitStart }, own }): Row => {
          const wait = awaitStart === false ? 0 : 1;
          return [rowId('s', own.key), name, startOnInstall, null, wait, own.id];
        }),
      ],
    } satisfies Record<string, Row[]>,
  };
}
