import type { resources } from '../index.ts';
import { accountRightManual } from './account-right.ts';
import { certificateManual } from './certificate.ts';
import { databaseSchemaManual } from './database-schema.ts';
import { directoryManual } from './directory.ts';
import { environmentVariableManual } from './environment-variable.ts';
import { fileManual } from './file.ts';
import { firewallRuleManual } from './firewall-rule.ts';
import { generationManual } from './generation.ts';
import { httpHealthManual } from './http-health.ts';
import { keystoneEndpointManual } from './keystone-endpoint.ts';
import { keystoneRoleManual } from './keystone-role.ts';
import { keystoneServiceManual } from './keystone-service.ts';
import { keystoneUserManual } from './keystone-user.ts';
import { localGroupMemberManual } from './local-group-member.ts';
import type { Manual, WantedOf } from './manual.ts';
import { packageManual } from './package.ts';
import { rebootManual } from './reboot.ts';
import { registryValueManual } from './registry-value.ts';
import { scheduledTaskManual } from './scheduled-task.ts';
import { serviceManual } from './service.ts';
import { serviceWorkersManual } from './service-workers.ts';
import { smbShareManual } from './smb-share.ts';
import { windowsFeatureManual } from './windows-feature.ts';

type Kinds = typeof resources;

/** The manual of every kind of resource. */
export const manuals: { readonly [Kind in keyof Kinds]: Manual<WantedOf<Kinds[Kind]>> } = {
  package: packageManual,
  directory: directoryManual,
  file: fileManual,
  'database-schema': databaseSchemaManual,
  service: serviceManual,
  'registry-value': registryValueManual,
  'environment-variable': environmentVariableManual,
  'account-right': accountRightManual,
  'local-group-member': localGroupMemberManual,
  'service-workers': serviceWorkersManual,
  'firewall-rule': firewallRuleManual,
  'smb-share': smbShareManual,
  'scheduled-task': scheduledTaskManual,
  certificate: certificateManual,
  reboot: rebootManual,
  'windows-feature': windowsFeatureManual,
  generation: generationManual,
  'http-health': httpHealthManual,
  'keystone-service': keystoneServiceManual,
  'keystone-endpoint': keystoneEndpointManual,
  'keystone-user': keystoneUserManual,
  'keystone-role': keystoneRoleManual,
};
