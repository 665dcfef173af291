/** What a node is. Null: the node did not tell; `unknown` says why. Sizes in bytes, times in ISO 8601 and UTC. */
export interface NodeFacts {
  readonly node: string;
  readonly computer: string | null;
  readonly os: string | null;
  /** `ServerStandard`, and `Server` or `Server Core`. */
  readonly edition: string | null;
  readonly installation: string | null;
  /** `10.0.20348.2113`: version and revision. */
  readonly build: string | null;
  readonly architecture: string | null;
  readonly powershell: string;
  /** Of .NET Framework: `4.8`. */
  readonly dotNet: string | null;
  readonly platform: string;
  readonly memory: number | null;
  readonly processor: string | null;
  readonly sockets: number | null;
  readonly logicalProcessors: number | null;
  /** Fixed ones. */
  readonly disks: readonly { readonly drive: string; readonly size: number; readonly free: number }[] | null;
  readonly addresses: readonly string[] | null;
  /** Of a computer that is in none: its workgroup. */
  readonly domain: string | null;
  readonly inDomain: boolean | null;
  readonly user: string | null;
  readonly elevated: boolean | null;
  /** Installed roles and features of Windows Server. */
  readonly features: readonly string[] | null;
  /** Why a restart is pending; empty: none is. */
  readonly restart: readonly string[] | null;
  readonly booted: string | null;
  readonly time: string | null;
  readonly timeZone: string | null;
  /** Products that the site knows, each installed version of them. */
  readonly products: readonly KnownProduct[] | null;
  /** Services that the site knows. */
  readonly services: readonly KnownService[] | null;
  /** What the node did not tell, with its reason. */
  readonly unknown: Readonly<Record<string, string>>;
}

export interface KnownProduct {
  readonly name: string;
  readonly upgradeCode: string;
  readonly productCode: string;
  readonly version: string;
}

export interface KnownService {
  readonly name: string;
  /** `missing`: there is no such service. */
  readonly status: string;
  readonly startMode?: string;
  readonly account?: string;
}

/** What a site knows of a node besides Windows. */
export interface SiteThings {
  readonly products: readonly { readonly name: string; readonly upgradeCode: string }[];
  readonly services: readonly string[];
}

/** Values of `Release` by which .NET Framework tells its version (Microsoft, "Determine which .NET Framework versions are installed"). */
const frameworks: readonly (readonly [number, string])[] = [
  [533_320, '4.8.1'],
  [528_040, '4.8'],
  [461_808, '4.7.2'],
  [461_308, '4.7.1'],
  [460_798, '4.7'],
  [394_802, '4.6.2'],
  [394_254, '4.6.1'],
  [393_295, '4.6'],
  [379_893, '4.5.2'],
  [378_675, '4.5.1'],
  [378_389, '4.5'],
];

/** The version of .NET Framework of a release number; null: older than 4.5. */
export function frameworkOf(release: number): string | null {
  return frameworks.find(([least]) => release >= least)?.[1] ?? null;
}
