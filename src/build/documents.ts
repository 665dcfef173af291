import type { MsiArtifact } from '../artifact.ts';
import type { ComponentPackage } from '../components/model/package.ts';
import { programVersion } from '../data-files.ts';
import type { Signer } from '../msi/sign/signer.ts';
import type { PayloadTree } from '../payload/tree/tree.ts';
import { packageContract } from '../product/contract.ts';
import { readProduct } from '../product/outline.ts';
import { billOfMaterials } from '../provenance/bill-of-materials.ts';
import type { SuppliedPart } from '../provenance/part.ts';
import { type Built, provenanceStatement } from '../provenance/statement.ts';
import type { PackageSettings } from '../site/deployment.ts';

/** What is told of a package. */
export interface Background {
  readonly artifact: MsiArtifact;
  /** SHA-256 before it was signed; absent where it was not. */
  readonly unsigned?: string;
  readonly product: ComponentPackage;
  readonly deployment: PackageSettings;
  readonly signer?: Signer;
  /** Absent of a package without a Python. */
  readonly tree?: PayloadTree;
  /** Digest of all that the package is made from. */
  readonly inputs: string;
  readonly contents: readonly SuppliedPart[];
  readonly sources: readonly Built[];
}

/** Names of the files beside a package that `packageDocuments` gives; `base` is its own without `.msi`. */
export function documentNames(base: string) {
  return {
    description: `${base}.json`,
    bill: `${base}.cdx.json`,
    provenance: `${base}.provenance.json`,
    properties: `${base}.properties.json`,
  };
}

/** The description, the properties, the bill of materials and the proof of origin of a package, as data by the name of the file. */
export function packageDocuments({
  artifact,
  unsigned,
  product,
  deployment,
  signer,
  tree,
  inputs,
  contents,
  sources,
}: Background): Readonly<Record<string, unknown>> {
  const names = documentNames(product.baseName(deployment));
  const { path: _, ...shown } = artifact;
  const { manufacturer } = deployment.msi;
  const version = programVersion();
  const bytecode = tree && { bytecode: tree.bytecode };
  return {
    [names.description]: {
      ...shown,
      ...(signer && { signed: { certificate: signer.fingerprint, unsigned } }),
      inputs,
      ...(tree && { payload: payloadOf(tree) }),
    },
    [names.properties]: packageContract(readProduct(product.file(), product.variables?.(deployment))),
    [names.bill]: billOfMaterials({ ...shown, name: shown.productName, manufacturer }, contents, { version }),
    [names.provenance]: provenanceStatement({
      subject: artifact,
      ...(unsigned && { unsigned: { name: `${artifact.name}, unsigned`, sha256: unsigned } }),
      parameters: parametersOf(product, deployment, signer),
      tools: { zlib: `${process.versions.zlib}`, ...bytecode, ...(signer && { signing: signer.program }) },
      parts: contents,
      sources,
      builder: version,
    }),
  };
}

function payloadOf({ python, source, bytecode, digest, notes, packages }: PayloadTree) {
  return { python, source, bytecode, digest, notes, packages };
}

/** What whoever builds has chosen, without what differs between machines. */
export function parametersOf(
  product: Pick<ComponentPackage, 'payload'>,
  { release, payload, msi }: PackageSettings,
  signer: Signer | undefined,
) {
  const { version, ...from } = payload.python;
  const python = { version, from: 'maven' in from ? from.maven : { sha256: from.sha256 } };
  return {
    release,
    ...(product.payload && { python }),
    manufacturer: msi.manufacturer,
    ...(signer && { sign: { certificate: signer.fingerprint, timestamp: signer.timestamp ?? 'none' } }),
  };
}
