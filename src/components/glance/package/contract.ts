import { windowsPaths } from '../facts/paths.ts';
import { isRemembered, type Product, readProduct } from './product-file.ts';

/** What a caller of the installer may rely on. */
export interface PackageContract {
  readonly product: string;
  readonly version: string;
  readonly upgradeCode: string;
  readonly features: readonly {
    readonly id: string;
    readonly title: string;
    /** Whether it is installed unless ADDLOCAL says otherwise. */
    readonly installed: boolean;
    readonly service: string | null;
  }[];
  readonly properties: readonly ContractProperty[];
}

interface ContractProperty {
  readonly name: string;
  readonly type: string;
  readonly default: string | null;
  /** A first installation without SKIPCONF=1 fails without it. */
  readonly needed: boolean;
  /** Kept out of the installer's log by Windows. */
  readonly hidden: boolean;
  /** An upgrade or repair goes on with the value that was given. */
  readonly remembered: boolean;
  readonly description: string;
}

/** The contract of the Glance package, from the data that its Property rows are made from. */
export function packageContract(version: string, product: Product = readProduct()): PackageContract {
  const { name, upgradeCode, features, properties } = product;
  return {
    product: name,
    version,
    upgradeCode,
    features: features.map(({ id, title, installed, service }) => ({
      id,
      title,
      installed,
      service: service?.name ?? null,
    })),
    properties: [...folders, ...properties.map(contractProperty)],
  };
}

function contractProperty(property: Product['properties'][number]): ContractProperty {
  const { name, type, needed, hidden, description } = property;
  return {
    name,
    type,
    default: property.default || null,
    needed,
    hidden,
    remembered: isRemembered(property),
    description,
  };
}

const folders: readonly ContractProperty[] = (
  [
    ['INSTALLDIR', windowsPaths.install, 'Where the program goes'],
    ['CONFIGDIR', windowsPaths.config, 'Where the configuration is'],
    ['LOGDIR', windowsPaths.logs, 'Where the services write their logs'],
    ['DATADIR', windowsPaths.data, 'Staged uploads, locks and the image cache'],
  ] as const
).map(([name, path, description]) => ({
  name,
  type: 'path',
  default: path,
  needed: false,
  hidden: false,
  remembered: true,
  description,
}));
