import type { Emit } from '../../events/events.ts';
import type { PayloadInputs } from '../../payload/resolve.ts';
import type { PackageContract } from '../../product/contract.ts';
import type { Supplied } from '../../product/gather.ts';
import type { Deployment, PackageSettings } from '../../site/deployment.ts';

/** How the package of a component is named, and what it is made from; `src/build` makes it and finds it again. */
export interface ComponentPackage {
  /** Its name in ids and in file names on a node. */
  readonly name: string;
  /** Name of its file for the release of a deployment, without `.msi`. */
  readonly baseName: (deployment: Pick<Deployment, 'release'>) => string;
  /** Absolute path of its product file (docs/reference/packages/product-file.md). */
  readonly file: () => string;
  /** Language of its dialogs, of those that its product file has; English when absent. */
  readonly language?: string;
  /** Values for variables of the product file. */
  readonly variables?: (deployment: Pick<Deployment, 'release' | 'msi'>) => {
    readonly [name: string]: string;
  };
  /**
   * A Python with the locked packages of the release goes into it: `supplied: python` of the product file. The absolute path of the
   * folder of its locks (docs/reference/packages/payload.md).
   */
  readonly payload?: () => string;
  /** Makes other files that the product file has as `supplied`, by name. */
  readonly supply?: (inputs: SupplyInputs) => Promise<Supplied>;
  /** Absolute paths of what these are made from, besides what the product file names. */
  readonly sources?: () => Promise<readonly string[]>;
  /** What is in it besides Python and its packages, for the bill of materials. */
  readonly parts?: readonly PackagePart[];
  /** The page of the documents about installing it without oriel, from its product file. */
  readonly guide?: PackageGuide;
}

export interface PackageGuide {
  /** From the root of this program. */
  readonly file: string;
  readonly text: (contract: PackageContract) => string;
}

export interface SupplyInputs {
  readonly deployment: PackageSettings;
  /** What its Python is made from; absent without one. */
  readonly payload?: PayloadInputs;
  /** A folder that is there until the package is built. */
  readonly scratch: string;
  readonly emit: Emit;
}

/** A program of oriel, or a folder of its Python modules, by the path from the root of this program. */
export type PackagePart =
  | { readonly program: string }
  | {
      readonly folder: string;
      /** What a bill of materials calls it. */
      readonly name: string;
    };
