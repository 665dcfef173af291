/** Something that a package is made from, as an inventory or a proof of origin names it. */
export interface SuppliedPart {
  readonly kind: 'application' | 'library' | 'platform';
  readonly name: string;
  readonly version: string;
  /** Package URL: `pkg:pypi/psutil@5.9.8`. */
  readonly purl: string;
  /** Of the file that it came as, before anything was done to it. */
  readonly file: string;
  readonly sha256: string;
  /** An SPDX expression, or the words of the part itself. */
  readonly license: { readonly expression: string } | { readonly name: string };
  /** Name in the dictionary of vulnerable products, where the purl says nothing to a scanner. */
  readonly cpe?: string;
}

/** A package URL. `path` is type, namespace and name, with slashes. */
export function packageUrl(path: string, version: string): string {
  const encoded = path.split('/').map(encodeURIComponent).join('/');
  return `pkg:${encoded}@${encodeURIComponent(version)}`;
}
