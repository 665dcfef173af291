import { v5 } from 'uuid';
import type { SuppliedPart } from './part.ts';

/** What the bill is of. */
export interface BilledProduct {
  readonly name: string;
  readonly version: string;
  readonly manufacturer: string;
  /** Identity of these contents: another build of the same version has another one. */
  readonly productCode: string;
}

/** Name space of serial numbers (UUID version 5). */
const serials = 'b0a9c1a4-6d0e-4f55-9d61-6a1f0f6f7c11';

/**
 * A software bill of materials in the form of CycloneDX 1.6: the product and all parts in it, each with version, licence and
 * hash. It has no date and no name of a machine, so that equal contents give equal bills.
 */
export function billOfMaterials(
  product: BilledProduct,
  parts: readonly SuppliedPart[],
  tool: { readonly version: string },
) {
  const { name, version, manufacturer, productCode } = product;
  const root = `${name}@${version}`;
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${v5(productCode, serials)}`,
    version: 1,
    metadata: {
      tools: { components: [{ type: 'application', name: 'oriel', version: tool.version }] },
      component: {
        'bom-ref': root,
        type: 'application',
        name,
        version,
        supplier: { name: manufacturer },
        properties: [{ name: 'oriel:productCode', value: productCode }],
      },
    },
    components: parts.map(componentOf),
    dependencies: [
      { ref: root, dependsOn: parts.map(({ purl }) => purl) },
      ...parts.map(({ purl }) => ({ ref: purl })),
    ],
  };
}

function componentOf({ kind, name, version, purl, file, sha256, license, cpe }: SuppliedPart) {
  return {
    'bom-ref': purl,
    type: kind,
    name,
    version,
    hashes: [{ alg: 'SHA-256', content: sha256 }],
    licenses: ['expression' in license ? license : { license }],
    ...(cpe && { cpe }),
    purl,
    properties: [{ name: 'oriel:file', value: file }],
  };
}
