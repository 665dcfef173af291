import { accountRightManual } from './account-right/reference.ts';
import { certificateManual } from './certificate/reference.ts';
import { databaseSchemaManual } from './database-schema/reference.ts';
import { directoryManual } from './directory/reference.ts';
import { environmentVariableManual } from './environment-variable/reference.ts';
import { fileManual } from './file/reference.ts';
import { firewallRuleManual } from './firewall-rule/reference.ts';
import { generationManual } from './generation/reference.ts';
import { httpHealthManual } from './http-health/reference.ts';
import type { resources } from './index.ts';
import { keystoneEndpointManual } from './keystone-endpoint/reference.ts';
import { keystoneRoleManual } from './keystone-role/reference.ts';
import { keystoneServiceManual } from './keystone-service/reference.ts';
import { keystoneUserManual } from './keystone-user/reference.ts';
import { localGroupMemberManual } from './local-group-member/reference.ts';
import type { Manual, WantedOf } from './model/reference.ts';
import { packageManual } from './package/reference.ts';
import { rebootManual } from './reboot/reference.ts';
import { registryValueManual } from './registry-value/reference.ts';
import { scheduledTaskManual } from './scheduled-task/reference.ts';
import { serviceManual } from './service/reference.ts';
import { serviceWorkersManual } from './service-workers/reference.ts';
import { smbShareManual } from './smb-share/reference.ts';
import { windowsFeatureManual } from './windows-feature/reference.ts';

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
