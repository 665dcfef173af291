import { accountRight } from '../../../resources/account-right/resource.ts';
import { isBuiltIn } from '../../../resources/accounts/account.ts';
import type { ServiceAccount } from '../../../resources/accounts/service-account.ts';
import { localGroupMember } from '../../../resources/local-group-member/resource.ts';
import { type Declaration, declare } from '../../../resources/model/resource.ts';
import type { Deployment, NodeSettings } from '../../../site/deployment.ts';
import { component, windowsPaths } from '../facts/paths.ts';
import { settingsOf } from '../site/settings.ts';

/** Says which password was set last; beside the folders that the service itself reads. */
export function accountMarkOf(service: string): string {
  return `${windowsPaths.root}\\${service}-account.txt`;
}

/** Whom a service runs as. */
export function accountOf(deployment: Deployment, salt: string, service: string): ServiceAccount {
  const { account: name, password: value } = settingsOf(deployment).service;
  return { name, ...(value && { password: { value, mark: accountMarkOf(service), salt } }) };
}

/** What an account needs to run a service: accounts of Windows itself have it, any other one has to be given it. */
export function declareAccount(deployment: Deployment, { name: node }: NodeSettings): readonly Declaration[] {
  const { account, groups } = settingsOf(deployment).service;
  const right = declare({
    resource: accountRight,
    component,
    node,
    name: 'log-on-as-service',
    needs: [],
    spec: { ensure: 'present', account, right: 'SeServiceLogonRight' },
  });
  const members = groups.map((group) =>
    declare({
      resource: localGroupMember,
      component,
      node,
      name: group,
      needs: [],
      spec: { ensure: 'present', group, account },
    }),
  );
  return [...(isBuiltIn(account) ? [] : [right]), ...members];
}
