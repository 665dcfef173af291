import { accountRightReference } from './account-right/reference.ts';
import { certificateReference } from './certificate/reference.ts';
import { databaseSchemaReference } from './database-schema/reference.ts';
import { directoryReference } from './directory/reference.ts';
import { environmentVariableReference } from './environment-variable/reference.ts';
import { fileReference } from './file/reference.ts';
import { firewallRuleReference } from './firewall-rule/reference.ts';
import { generationReference } from './generation/reference.ts';
import { httpHealthReference } from './http-health/reference.ts';
import type { resources } from './index.ts';
import { keystoneEndpointReference } from './keystone-endpoint/reference.ts';
import { keystoneRoleReference } from './keystone-role/reference.ts';
import { keystoneServiceReference } from './keystone-service/reference.ts';
import { keystoneUserReference } from './keystone-user/reference.ts';
import { localGroupMemberReference } from './local-group-member/reference.ts';
import type { Reference, SpecOf } from './model/reference.ts';
import { packageReference } from './package/reference.ts';
import { rebootReference } from './reboot/reference.ts';
import { registryValueReference } from './registry-value/reference.ts';
import { scheduledTaskReference } from './scheduled-task/reference.ts';
import { serviceReference } from './service/reference.ts';
import { serviceWorkersReference } from './service-workers/reference.ts';
import { smbShareReference } from './smb-share/reference.ts';
import { windowsFeatureReference } from './windows-feature/reference.ts';

type Kinds = typeof resources;

/** The manual of every kind of resource. */
export const references: { readonly [Kind in keyof Kinds]: Reference<SpecOf<Kinds[Kind]>> } = {
  package: packageReference,
  directory: directoryReference,
  file: fileReference,
  'database-schema': databaseSchemaReference,
  service: serviceReference,
  'registry-value': registryValueReference,
  'environment-variable': environmentVariableReference,
  'account-right': accountRightReference,
  'local-group-member': localGroupMemberReference,
  'service-workers': serviceWorkersReference,
  'firewall-rule': firewallRuleReference,
  'smb-share': smbShareReference,
  'scheduled-task': scheduledTaskReference,
  certificate: certificateReference,
  reboot: rebootReference,
  'windows-feature': windowsFeatureReference,
  generation: generationReference,
  'http-health': httpHealthReference,
  'keystone-service': keystoneServiceReference,
  'keystone-endpoint': keystoneEndpointReference,
  'keystone-user': keystoneUserReference,
  'keystone-role': keystoneRoleReference,
};
