/** Plain data of a site file. */
export type SiteData = { readonly [key: string]: unknown };

/** A part of the site that a unit composes: keys of the site file, values of its secrets, and files that it names. */
export interface SitePart {
  readonly site: SiteData;
  /** By the name that `{ secret: NAME }` mentions. */
  readonly secrets?: Readonly<Record<string, string>>;
  /** Content by name; the site names them relative to its own folder. */
  readonly files?: Readonly<Record<string, string>>;
}

/** One site out of parts: maps are merged by key, everything else is replaced by the later one. */
export function joinParts(parts: readonly SitePart[]): Required<SitePart> {
  return {
    site: parts.reduce<SiteData>((all, { site }) => merged(all, site), {}),
    secrets: Object.assign({}, ...parts.map(({ secrets }) => secrets)),
    files: Object.assign({}, ...parts.map(({ files }) => files)),
  };
}

/** `{ a: { b: value } }` of `a.b`. */
export function atPath(path: string, value: unknown): SiteData {
  const [first = '', ...rest] = path.split('.');
  return { [first]: rest.length === 0 ? value : atPath(rest.join('.'), value) };
}

export function merged(below: SiteData, above: SiteData): SiteData {
  const all: Record<string, unknown> = { ...below };
  for (const [key, value] of Object.entries(above)) {
    const old = all[key];
    all[key] = isMap(old) && isMap(value) ? merged(old, value) : value;
  }
  return all;
}

export function isMap(value: unknown): value is SiteData {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
