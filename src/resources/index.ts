import { accountRight } from './account-right/resource.ts';
import { certificate } from './certificate/resource.ts';
import { databaseSchema } from './database-schema/resource.ts';
import { directory } from './directory/resource.ts';
import { environmentVariable } from './environment-variable/resource.ts';
import { file } from './file/resource.ts';
import { firewallRule } from './firewall-rule/resource.ts';
import { generation } from './generation/resource.ts';
import { httpHealth } from './http-health/resource.ts';
import { keystoneEndpoint } from './keystone-endpoint/resource.ts';
import { keystoneRole } from './keystone-role/resource.ts';
import { keystoneService } from './keystone-service/resource.ts';
import { keystoneUser } from './keystone-user/resource.ts';
import { localGroupMember } from './local-group-member/resource.ts';
import type { Resource } from './model/resource.ts';
import { msiPackage } from './package/resource.ts';
import { reboot } from './reboot/resource.ts';
import { registryValue } from './registry-value/resource.ts';
import { scheduledTask } from './scheduled-task/resource.ts';
import { service } from './service/resource.ts';
import { serviceWorkers } from './service-workers/resource.ts';
import { smbShare } from './smb-share/resource.ts';
import { windowsFeature } from './windows-feature/resource.ts';

/** Every kind of resource by its name in ids, plans and cases. */
export const resources = {
  package: msiPackage,
  directory,
  file,
  'database-schema': databaseSchema,
  service,
  'registry-value': registryValue,
  'environment-variable': environmentVariable,
  'account-right': accountRight,
  'local-group-member': localGroupMember,
  'firewall-rule': firewallRule,
  'smb-share': smbShare,
  'scheduled-task': scheduledTask,
  certificate,
  reboot,
  'windows-feature': windowsFeature,
  'http-health': httpHealth,
  'service-workers': serviceWorkers,
  generation,
  'keystone-service': keystoneService,
  'keystone-endpoint': keystoneEndpoint,
  'keystone-user': keystoneUser,
  'keystone-role': keystoneRole,
} as const satisfies Readonly<Record<string, Resource<never>>>;
