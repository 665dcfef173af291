import { programVersion } from '../../../data-files.ts';
import type { Signer } from '../../../msi/sign/signer.ts';
import type { PayloadTree } from '../../../payload/tree/tree.ts';
import { packageContract } from '../../../product/contract.ts';
import { readProduct } from '../../../product/outline.ts';
import { billOfMaterials } from '../../../provenance/bill-of-materials.ts';
import type { Part } from '../../../provenance/part.ts';
import { type Built, provenanceStatement } from '../../../provenance/statement.ts';
import type { Deployment } from '../../../site/deployment.ts';
import type { MadePackage } from './package.ts';
import { packageBaseName, productFile, productVariables } from './product.ts';

/** What is told of a package. */
export interface Background {
  readonly deployment: Deployment;
  readonly signer: Signer | undefined;
  readonly tree: PayloadTree;
  /** Digest of all that the package is made from. */
  readonly inputs: string;
  readonly contents: readonly Part[];
  readonly sources: readonly Built[];
}

/** Names of the files beside a package that `packageDocuments` gives. */
export function documentNames(deployment: Pick<Deployment, 'release'>) {
  const base = packageBaseName(deployment);
  return {
    description: `${base}.json`,
    bill: `${base}.cdx.json`,
    provenance: `${base}.provenance.json`,
    properties: `${base}.properties.json`,
  };
}

/** The description, the properties, the bill of materials and the proof of origin of a package, as data by the name of the file. */
export function packageDocuments(
  { artifact, unsigned }: MadePackage,
  { deployment, signer, tree, inputs, contents, sources }: Background,
): Readonly<Record<string, unknown>> {
  const names = documentNames(deployment);
  const { path: _, ...shown } = artifact;
  const { python, source, bytecode, packages, notes, digest } = tree;
  const { manufacturer } = deployment.msi;
  const version = programVersion();
  return {
    [names.description]: {
      ...shown,
      ...(signer && { signed: { certificate: signer.fingerprint, unsigned } }),
      inputs,
      payload: { python, source, bytecode, digest, notes, packages },
    },
    [names.properties]: packageContract(readProduct(productFile(), productVariables(deployment))),
    [names.bill]: billOfMaterials({ ...shown, name: shown.productName, manufacturer }, contents, { version }),
    [names.provenance]: provenanceStatement({
      subject: artifact,
      ...(unsigned && { unsigned: { name: `${artifact.name}, unsigned`, sha256: unsigned } }),
      parameters: parametersOf(deployment, signer),
      tools: { zlib: `${process.versions.zlib}`, bytecode, ...(signer && { signing: signer.program }) },
      parts: contents,
      sources,
      builder: version,
    }),
  };
}

/** What whoever builds has chosen, without what differs between machines. */
export function parametersOf({ release, payload, msi }: Deployment, signer: Signer | undefined) {
  const { version, ...from } = payload.python;
  return {
    release,
    python: { version, from: 'maven' in from ? from.maven : { sha256: from.sha256 } },
    manufacturer: msi.manufacturer,
    ...(signer && { sign: { certificate: signer.fingerprint, timestamp: signer.timestamp ?? 'none' } }),
  };
}
