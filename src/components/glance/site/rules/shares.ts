import type { FragmentRule } from '../../../../site/grammar/rule.ts';
import type { YamlFinding } from '../../../../site/yaml/finding.ts';
import { glanceOf } from './fragment.ts';

/** The one account whose name is known: accounts of Windows itself come as that of their computer. */
const serviceGetsIn: FragmentRule = (site) => {
  const account = glanceOf(site)?.service?.account;
  if (!account?.includes('\\') || /^(\.|NT AUTHORITY)\\/i.test(account)) return [];
  return Object.entries(site.storage?.shares ?? {}).flatMap(
    ([name, { access = [], manage } = {}]): readonly YamlFinding[] => {
      if (
        !manage ||
        access.length === 0 ||
        (access !== 'nodes' && access.some((one) => one.toLowerCase() === account.toLowerCase()))
      )
        return [];
      const message =
        access === 'nodes'
          ? `the service runs as ${account}, and \`nodes\` gives access to computers alone`
          : `the service runs as ${account}, which has no access unless it is a member of one of these`;
      return [
        { path: ['storage', 'shares', name, 'access'], message, hint: `access: [${account}]`, warning: true },
      ];
    },
  );
};

export const glanceShareRules: readonly FragmentRule[] = [serviceGetsIn];
