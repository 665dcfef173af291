import { expect, test } from 'vitest';
import { accountOf, declareAccount } from '../../../src/components/glance/declare/account.ts';
import { idOf } from '../../../src/resources/model/resource.ts';
import { Secret } from '../../../src/secret.ts';
import { aDeployment } from '../../fixtures/deployment.ts';

const withService = (account: string, groups: readonly string[] = [], password?: Secret) =>
  aDeployment()
    .withNode('n1')
    .withGlance({ service: { account, groups, recovery: 'none', drain: 60, ...(password && { password }) } })
    .build();

function declared(account: string, groups?: readonly string[]): readonly string[] {
  const site = withService(account, groups);
  return site.nodes.flatMap((node) => declareAccount(site, node).map(idOf));
}

test('an account gets the right to run services, and its groups', () => {
  expect(declared('EXAMPLE\\glance$', ['Performance Log Users'])).toEqual([
    'n1/glance/account-right/log-on-as-service',
    'n1/glance/local-group-member/Performance Log Users',
  ]);
});

test.each(['LocalSystem', 'NetworkService', 'NT AUTHORITY\\LocalService'])('%s has it', (account) => {
  expect(declared(account)).toEqual([]);
});

test('a password stays a secret, and its mark is beside what the service reads', () => {
  const site = withService('EXAMPLE\\glance', [], new Secret('service_password', 'hunter2'));
  const account = accountOf(site, 'pepper', 'oriel-glance-api');
  expect(JSON.stringify(account)).not.toContain('hunter2');
  expect(account.password?.mark).toBe('C:\\ProgramData\\oriel\\oriel-glance-api-account.txt');
});
