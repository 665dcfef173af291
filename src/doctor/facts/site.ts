import type { AgentResults } from '../../session/agent-link/agent-calls.ts';
import type { Asker, Row } from './ask.ts';
import type { KnownProduct, KnownService, NodeFacts, SiteThings } from './facts.ts';

type SiteFacts = Pick<NodeFacts, 'features' | 'products' | 'services'>;

/** What is installed: features of Windows, and the products and services that the site knows. */
export async function siteFacts({ call, rows }: Asker, things: SiteThings): Promise<SiteFacts> {
  const [features, products, services] = await Promise.all([
    rows('features', { name: 'Get-WindowsFeature', select: ['Name', 'Installed'] }, featuresOf),
    all(
      things.products.map(({ name, upgradeCode }) =>
        call('products', { call: 'Get-MsiProduct', upgradeCode }, productsOf(name, upgradeCode)),
      ),
    ),
    all(things.services.map((name) => call('services', { call: 'Get-ServiceState', name }, serviceOf(name)))),
  ]);
  return { features, products: products?.flat() ?? null, services };
}

/** All of them, or null where one is not known. */
async function all<Fact>(asked: readonly Promise<Fact | null>[]): Promise<readonly Fact[] | null> {
  const facts = await Promise.all(asked);
  const known = facts.filter((fact) => fact !== null);
  return known.length === facts.length ? known : null;
}

function featuresOf(rows: readonly Row[]): readonly string[] {
  return rows.filter(({ Installed }) => Installed === true).map(({ Name }) => String(Name));
}

function productsOf(name: string, upgradeCode: string) {
  return ({ products }: AgentResults['Get-MsiProduct']): readonly KnownProduct[] =>
    products.map(({ productCode, version }) => ({ name, upgradeCode, productCode, version }));
}

function serviceOf(name: string) {
  return ({
    exists,
    status = 'Unknown',
    startMode,
    account,
  }: AgentResults['Get-ServiceState']): KnownService => ({
    name,
    status: exists ? status : 'missing',
    ...(startMode !== undefined && { startMode }),
    ...(account !== undefined && { account }),
  });
}
