import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { rm, rmdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type InstalledProduct, readState, writeState } from './node-state.ts';
import { openPackage, type SimulatedPackage } from './package.ts';
import type { SimulatedServices } from './services.ts';

/** Exit codes of msiexec (winerror.h). */
const codes = {
  ok: 0,
  failed: 1603,
  unknownProduct: 1605,
  noPackage: 1619,
  badPackage: 1620,
  badArguments: 1639,
} as const;
/** Seconds for a service to start or stop. */
const timeoutSeconds = 120;

export interface Installer {
  readonly root: string;
  readonly hostPath: (path: string) => string;
  readonly services: SimulatedServices;
}

interface Order {
  readonly verb: 'install' | 'remove';
  /** Path of a package or a product code. */
  readonly what: string;
  readonly log?: string;
  readonly properties: Readonly<Record<string, string>>;
}

/** What `msiexec` does on a simulated node for /i and /x; gives its exit code. The log goes where /l says. */
export async function msiexec(here: Installer, args: readonly string[]): Promise<number> {
  const order = readOrder(args);
  if (!order) return codes.badArguments;
  const lines: string[] = [`simulated msiexec ${args.join(' ')}`];
  let code: number = codes.failed;
  try {
    code = await (order.verb === 'install' ? install(here, order, lines) : remove(here, order));
  } catch (error) {
    lines.push(`Return value 3. ${(error as Error).message}`);
  }
  lines.push(`exit code ${code}`);
  // msiexec writes UTF-16 with a byte order mark.
  if (order.log) writeFileSync(here.hostPath(order.log), `\ufeff${lines.join('\r\n')}\r\n`, 'utf16le');
  return code;
}

function readOrder(args: readonly string[]): Order | undefined {
  let order: Order | undefined;
  let log: string | undefined;
  const properties: Record<string, string> = {};
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? '';
    const property = /^([A-Za-z_][\w.]*)=(.*)$/s.exec(arg);
    const verb = { i: 'install', package: 'install', x: 'remove', uninstall: 'remove' }[
      arg.slice(1).toLowerCase()
    ];
    if (property)
      properties[(property[1] ?? '').toUpperCase()] = (property[2] ?? '').replace(/^"(.*)"$/s, '$1');
    else if (verb) order = { verb: verb as Order['verb'], what: args[++i] ?? '', properties };
    else if (/^[/-]l/i.test(arg)) log = args[++i];
  }
  return order && { ...order, ...(log !== undefined && { log }) };
}

async function install(here: Installer, { what, properties }: Order, lines: string[]): Promise<number> {
  const file = here.hostPath(what);
  if (!existsSync(file)) return codes.noPackage;
  let found: SimulatedPackage;
  try {
    found = openPackage(file, properties);
  } catch (error) {
    lines.push((error as Error).message);
    return codes.badPackage;
  }
  try {
    const { products } = readState(here.root);
    if (products.some((product) => product.productCode === found.productCode && isAsChosen(product, found)))
      return codes.ok;
    for (const older of products.filter(({ upgradeCode }) => upgradeCode === found.upgradeCode))
      await uninstall(here, older);
    for (const folder of found.directories) mkdirSync(here.hostPath(folder), { recursive: true });
    await found.unpack(here.hostPath);
    const product = register(here.root, found);
    lines.push(`${found.files.size} files`);
    try {
      for (const name of found.starts) await here.services.set(name, 'Running', timeoutSeconds);
    } catch (error) {
      await uninstall(here, product);
      throw error;
    }
    return codes.ok;
  } finally {
    found.close();
  }
}

/** The same package with other features is put in place of itself. */
function isAsChosen({ services }: InstalledProduct, found: SimulatedPackage): boolean {
  return (
    [...services].sort().join() ===
    found.services
      .map(({ name }) => name)
      .sort()
      .join()
  );
}

function register(root: string, found: SimulatedPackage): InstalledProduct {
  const { productCode, upgradeCode, name, version, installLocation, files, services } = found;
  const product: InstalledProduct = {
    productCode,
    upgradeCode,
    name,
    version,
    installLocation,
    files: [...files.values()],
    services: services.map((service) => service.name),
  };
  const state = readState(root);
  writeState(root, { products: [...state.products, product], services: [...state.services, ...services] });
  return product;
}

async function remove(here: Installer, { what }: Order): Promise<number> {
  const code = what.startsWith('{') ? what : productCodeOf(here.hostPath(what));
  const product = readState(here.root).products.find(
    (each) => each.productCode.toUpperCase() === code.toUpperCase(),
  );
  if (!product) return codes.unknownProduct;
  await uninstall(here, product);
  return codes.ok;
}

function productCodeOf(file: string): string {
  const { productCode, close } = openPackage(file, {});
  close();
  return productCode;
}

async function uninstall({ root, hostPath, services }: Installer, product: InstalledProduct): Promise<void> {
  for (const name of product.services) await services.set(name, 'Stopped', timeoutSeconds);
  for (const path of product.files) {
    const file = hostPath(path);
    await rm(file, { force: true });
    await removeEmptyParents(dirname(file));
  }
  const state = readState(root);
  writeState(root, {
    products: state.products.filter(({ productCode }) => productCode !== product.productCode),
    services: state.services.filter(({ name }) => !product.services.includes(name)),
  });
}

/** Goes up until a folder holds something; the node's own folders (Program Files) stay. */
async function removeEmptyParents(folder: string): Promise<void> {
  if (/\/drive_c\/[^/]+$/.test(folder)) return;
  try {
    await rmdir(folder);
  } catch {
    return;
  }
  await removeEmptyParents(dirname(folder));
}
