import { Spec, Validation } from '@cyclonedx/cyclonedx-library';
import { describe, expect, test } from 'vitest';
import { billOfMaterials } from '../../src/provenance/bill-of-materials.ts';
import { packageUrl, type SuppliedPart } from '../../src/provenance/part.ts';
import { provenanceStatement } from '../../src/provenance/statement.ts';

const hash = (digit: string) => digit.repeat(64);
const parts: SuppliedPart[] = [
  {
    kind: 'platform',
    name: 'CPython',
    version: '3.11.3',
    purl: packageUrl('maven/org.bytedeco/cpython', '3.11.3-1.5.9'),
    file: 'cpython.jar',
    sha256: hash('1'),
    license: { expression: 'PSF-2.0' },
    cpe: 'cpe:2.3:a:python:python:3.11.3:*:*:*:*:*:*:*',
  },
  {
    kind: 'library',
    name: 'psutil',
    version: '5.9.8',
    purl: packageUrl('pypi/psutil', '5.9.8'),
    file: 'psutil-5.9.8-cp37-abi3-win_amd64.whl',
    sha256: hash('2'),
    license: { name: 'BSD License' },
  },
];
const product = {
  name: 'Oriel Test',
  version: '1.0.0',
  manufacturer: 'Example Ltd',
  productCode: '{6F3B7C1D-1C2A-4E41-9C6B-0A3B5D7E9F01}',
};
const bill = () => billOfMaterials(product, parts, { version: '0.1.0' });

/** What the official schema says against a bill; null when nothing. */
function complaints(data: unknown) {
  return new Validation.JsonStrictValidator(Spec.Version.v1dot6).validate(JSON.stringify(data));
}

describe('the bill of materials', () => {
  test('is CycloneDX 1.6, in every version the same', async () => {
    expect(await complaints(bill())).toBeNull();
    expect(bill()).toEqual(bill());
  });

  test('is held to a schema that would see an error', async () => {
    const [first] = bill().components;
    const broken = { ...bill(), components: [{ ...first, hashes: [{ alg: 'SHA-256', content: 'x' }] }] };
    expect(await complaints(broken)).not.toBeNull();
  });

  test('names each part with version, licence and hash, and is another one for other contents', () => {
    expect(
      bill().components.map(({ purl, licenses, hashes }) => [purl, licenses[0], hashes[0]?.content]),
    ).toEqual([
      ['pkg:maven/org.bytedeco/cpython@3.11.3-1.5.9', { expression: 'PSF-2.0' }, hash('1')],
      ['pkg:pypi/psutil@5.9.8', { license: { name: 'BSD License' } }, hash('2')],
    ]);
    const other = billOfMaterials({ ...product, productCode: '{0}' }, parts, { version: '0.1.0' });
    expect(other.serialNumber).not.toBe(bill().serialNumber);
  });
});

test('a package URL has no character that means something else', () => {
  expect(packageUrl('pypi/a b', '1.0+local')).toBe('pkg:pypi/a%20b@1.0%2Blocal');
});

test('the proof of origin is an in-toto statement that names everything by its digest', () => {
  const statement = provenanceStatement({
    subject: { name: 'a.msi', sha256: hash('a') },
    unsigned: { name: 'a.msi, unsigned', sha256: hash('b') },
    parameters: { release: '2024.2' },
    tools: { zlib: '1.3' },
    parts,
    sources: [{ name: 'msi/glance/product.yaml', sha256: hash('c') }],
    builder: '0.1.0',
  });
  expect(statement).toEqual({
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ name: 'a.msi', digest: { sha256: hash('a') } }],
    predicateType: 'https://slsa.dev/provenance/v1',
    predicate: {
      buildDefinition: {
        buildType: 'urn:oriel:build:msi:v1',
        externalParameters: { release: '2024.2' },
        internalParameters: { zlib: '1.3' },
        resolvedDependencies: [
          { name: 'cpython.jar', digest: { sha256: hash('1') }, uri: parts[0]?.purl },
          {
            name: 'psutil-5.9.8-cp37-abi3-win_amd64.whl',
            digest: { sha256: hash('2') },
            uri: parts[1]?.purl,
          },
          { name: 'msi/glance/product.yaml', digest: { sha256: hash('c') } },
        ],
      },
      runDetails: {
        builder: { id: 'urn:oriel:builder', version: { oriel: '0.1.0' } },
        byproducts: [{ name: 'a.msi, unsigned', digest: { sha256: hash('b') } }],
      },
    },
  });
});
