import { accountRight } from './account-right.ts';
import { certificate } from './certificate.ts';
import { databaseSchema } from './database-schema.ts';
import { directory } from './directory.ts';
import { environmentVariable } from './environment-variable.ts';
import { file } from './file.ts';
import { firewallRule } from './firewall-rule.ts';
import { generation } from './generation.ts';
import { httpHealth } from './http-health.ts';
import { keystoneEndpoint } from './keystone-endpoint.ts';
import { keystoneRole } from './keystone-role.ts';
import { keystoneService } from './keystone-service.ts';
import { keystoneUser } from './keystone-user.ts';
import { localGroupMember } from './local-group-member.ts';
import { msiPackage } from './package.ts';
import { reboot } from './reboot.ts';
import { registryValue } from './registry-value.ts';
import type { Resource } from './resource.ts';
import { scheduledTask } from './scheduled-task.ts';
import { service } from './service.ts';
import { serviceWorkers } from './service-workers.ts';
import { smbShare } from './smb-share.ts';
import { windowsFeature } from './windows-feature.ts';

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
