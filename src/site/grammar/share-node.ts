import { isIP } from 'node:net';

interface NamedNode {
  readonly name: string;
  readonly address?: string | undefined;
}

/** `sofs1.example.org` and `images` of `\\sofs1.example.org\images`; neither of other paths. */
export function uncOf(path: string): { readonly server?: string; readonly share?: string } {
  return /^\\\\(?<server>[^\\]+)(?:\\(?<share>[^\\]+))?/.exec(path)?.groups ?? {};
}

/** Whether two names are of one host: with and without its domain. */
export function sameHost(one: string, other: string): boolean {
  const short = (name: string) => (isIP(name) ? name : name.toLowerCase().split('.')[0]);
  return short(one) === short(other);
}

/** The node that a UNC path leads to by its name or address. */
export function ownerOf<Node extends NamedNode>(path: string, nodes: readonly Node[]): Node | undefined {
  const { server } = uncOf(path);
  if (server === undefined) return undefined;
  return nodes.find(
    ({ name, address }) => sameHost(name, server) || (address !== undefined && sameHost(address, server)),
  );
}

/**
 * Which of the nodes with the role storage makes a share: the one that its path names, else the first, as every member of a
 * cluster can make what the cluster has, and one that is alone has no other name than its own in the path of others.
 */
export function shareNode<Node extends NamedNode>(path: string, storage: readonly Node[]): Node | undefined {
  return ownerOf(path, storage) ?? storage[0];
}
