import type { SuppliedPart } from './part.ts';

export interface Built {
  readonly name: string;
  readonly sha256: string;
}

export interface BuildOrigin {
  /** The package as it is handed out. */
  readonly subject: Built;
  /** The same before it was signed: what a build elsewhere can be compared with. */
  readonly unsigned?: Built;
  /** What whoever builds has chosen. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** What else decides the bytes: versions of the tools of this machine. */
  readonly tools: Readonly<Record<string, string>>;
  readonly parts: readonly SuppliedPart[];
  /** Files of this program that went in or decide the bytes, by their path in it. */
  readonly sources: readonly Built[];
  /** Version of this program. */
  readonly builder: string;
}

/**
 * Where a package comes from, as an in-toto Statement v1 with the predicate SLSA Provenance v1. It has no date and no name of a
 * machine: equal inputs give equal statements.
 */
export function provenanceStatement(origin: BuildOrigin) {
  const { subject, unsigned, parameters, tools, parts, sources, builder } = origin;
  return {
    _type: 'https://in-toto.io/Statement/v1',
    subject: [descriptor(subject)],
    predicateType: 'https://slsa.dev/provenance/v1',
    predicate: {
      buildDefinition: {
        buildType: 'urn:oriel:build:msi:v1',
        externalParameters: parameters,
        internalParameters: tools,
        resolvedDependencies: [
          ...parts.map(({ file, sha256, purl }) => ({ ...descriptor({ name: file, sha256 }), uri: purl })),
          ...sources.map(descriptor),
        ],
      },
      runDetails: {
        builder: { id: 'urn:oriel:builder', version: { oriel: builder } },
        ...(unsigned && { byproducts: [descriptor(unsigned)] }),
      },
    },
  };
}

function descriptor({ name, sha256 }: Built) {
  return { name, digest: { sha256 } };
}
