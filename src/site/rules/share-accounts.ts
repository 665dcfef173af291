import { hostName, nodeEntries } from '../grammar/node-entries.ts';
import type { FragmentRule } from '../grammar/rule.ts';
import type { SiteFragment } from '../grammar/site.ts';
import type { YamlFinding } from '../yaml/finding.ts';

const home = ['storage', 'shares'];

/** Accounts of one computer: another one knows them as the account of that computer. */
const ofOneComputer = /^(NT AUTHORITY\\)?(SYSTEM|LocalSystem|NetworkService|NETWORK SERVICE)$/i;

/** `access: nodes` needs the domain of the computers. */
const nodesHaveDomain: FragmentRule = ({ storage }) =>
  Object.entries(storage?.shares ?? {}).flatMap(([name, share]): readonly YamlFinding[] => {
    if (share?.access !== 'nodes' || storage?.domain !== undefined) return [];
    const message = 'the domain of the accounts of the nodes is not known';
    const hint = 'name it as accounts do: storage: { domain: EXAMPLE }';
    return [{ path: [...home, name, 'access'], message, hint }];
  });

/** What people write for the account of a computer or a managed account, and what it is called. */
const accountsAreWhole: FragmentRule = ({ storage, nodes }) =>
  entriesOf(storage).flatMap(({ account, path, isShared }): readonly YamlFinding[] => {
    const { domain = 'EXAMPLE' } = storage ?? {};
    if (isShared && ofOneComputer.test(account)) {
      const message = `\`${account}\` of a node comes to the file server as the account of its computer`;
      return [{ path, message, hint: '`access: nodes` gives access to the computers', warning: true }];
    }
    const parts = account.split('\\');
    const short = parts.at(-1) ?? '';
    if (account.endsWith('$') && parts.length === 1) {
      const message = `\`${account}\` names no domain`;
      return [{ path, message, hint: `${domain}\\${account}` }];
    }
    const node = nodeEntries(nodes).find(
      ({ name, settings: { address } }) => hostName(name, address) === short.toUpperCase(),
    );
    if (!node) return [];
    const message = `\`${account}\` is the node ${node.name}, and the account of a computer ends with $`;
    return [{ path, message, hint: `${parts.length > 1 ? account : `${domain}\\${account}`}$` }];
  });

interface Entry {
  readonly account: string;
  readonly path: readonly (string | number)[];
  readonly isShared: boolean;
}

function entriesOf(storage: SiteFragment['storage']): readonly Entry[] {
  return Object.entries(storage?.shares ?? {}).flatMap(([name, share]) => {
    const { access = [], path = '' } = share ?? {};
    if (access === 'nodes') return [];
    const isShared = path.startsWith('\\\\');
    return access.map((account, index) => ({ account, path: [...home, name, 'access', index], isShared }));
  });
}

export const shareAccountRules: readonly FragmentRule[] = [nodesHaveDomain, accountsAreWhole];
