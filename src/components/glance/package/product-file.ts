import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { z } from 'zod';
import { dataFile } from '../../../data-files.ts';

const service = z.strictObject({
  name: z.string(),
  displayName: z.string(),
  description: z.string(),
  /** A program of the launcher and its first arguments. */
  program: z.string(),
  /** Seconds that a start may take. */
  ready: z.number(),
});

const feature = z.strictObject({
  id: z.string(),
  title: z.string(),
  description: z.string().optional(),
  /** Whether it is installed unless it is chosen or left out. */
  installed: z.boolean().default(true),
  service: service.optional(),
});

const property = z.strictObject({
  name: z.string(),
  /** For people: `port`, `0 or 1`. */
  type: z.string(),
  default: z.string().default(''),
  /** A first installation that writes a configuration fails without it. */
  needed: z.boolean().default(false),
  hidden: z.boolean().default(false),
  remembered: z.boolean().default(true),
  description: z.string(),
});

const productSchema = z.strictObject({
  name: z.string(),
  upgradeCode: z.string(),
  comments: z.string(),
  /** What an uninstall says; formatted text. */
  stays: z.string(),
  features: z.array(feature).min(1),
  properties: z.array(property),
  launchConditions: z.array(z.strictObject({ condition: z.string(), message: z.string() })),
});

export type Product = z.infer<typeof productSchema>;
export type ProductFeature = Product['features'][number];
export type ProductService = NonNullable<ProductFeature['service']>;
export type ProductProperty = Product['properties'][number];

/** `msi/glance/product.yaml`: the identity that all versions of the package share, its features and properties. */
export function readProduct(): Product {
  return productSchema.parse(load(readFileSync(dataFile('msi', 'glance', 'product.yaml'), 'utf8')));
}

/** The services of the features, in their order. */
export function servicesOf({ features }: Product): readonly ProductService[] {
  return features.flatMap(({ service }) => service ?? []);
}

/** A hidden property is never remembered: what is remembered lies in the registry in clear. */
export function isRemembered({ hidden, remembered }: ProductProperty): boolean {
  return remembered && !hidden;
}
