import type { MsiModel } from './model.ts';
import { rowId } from './names.ts';
import type { Row } from './table.ts';

const ownProcess = 0x10;
const startTypes = { auto: 2, demand: 3, disabled: 4 } as const;
/** Log and go on at boot (1); a service that cannot be installed fails the package (0x8000). */
const errorControl = 0x8001;
/** ServiceControl events. */
const startOnInstall = 1;
const stopOnInstall = 2;
const stopOnUninstall = 0x20;
const deleteOnUninstall = 0x80;

/** Rows of ServiceInstall and ServiceControl; `componentOf` gives the component of a service's program. */
export function serviceRows(
  { services }: MsiModel,
  componentOf: ReadonlyMap<string, string>,
): { readonly ServiceInstall: readonly Row[]; readonly ServiceControl: readonly Row[] } {
  return {
    ServiceInstall: services.map((service) => [
      rowId('s', service.name),
      service.name,
      service.displayName,
      ownProcess,
      startTypes[service.start],
      errorControl,
      null,
      // A list ends with an empty item of its own.
      service.dependencies.length > 0 ? `${service.dependencies.join('[~]')}[~][~]` : null,
      service.account ?? null,
      null,
      service.arguments || null,
      componentOf.get(service.file) ?? '',
      service.description || null,
    ]),
    ServiceControl: services.map((service) => [
      rowId('s', service.name),
      service.name,
      (service.startOnInstall ? startOnInstall : 0) | stopOnInstall | stopOnUninstall | deleteOnUninstall,
      null,
      1,
      componentOf.get(service.file) ?? '',
    ]),
  };
}
