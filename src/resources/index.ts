import { accountRightReference } from './account-right/reference.ts';
import { accountRight } from './account-right/resource.ts';
import { certificateReference } from './certificate/reference.ts';
import { certificate } from './certificate/resource.ts';
import { databaseSchemaReference } from './database-schema/reference.ts';
import { databaseSchema } from './database-schema/resource.ts';
import { directoryReference } from './directory/reference.ts';
import { directory } from './directory/resource.ts';
import { environmentVariableReference } from './environment-variable/reference.ts';
import { environmentVariable } from './environment-variable/resource.ts';
import { fileReference } from './file/reference.ts';
import { file } from './file/resource.ts';
import { firewallRuleReference } from './firewall-rule/reference.ts';
import { firewallRule } from './firewall-rule/resource.ts';
import { folderAttributesReference } from './folder-attributes/reference.ts';
import { folderAttributes } from './folder-attributes/resource.ts';
import { folderQuotaReference } from './folder-quota/reference.ts';
import { folderQuota } from './folder-quota/resource.ts';
import { generationReference } from './generation/reference.ts';
import { generation } from './generation/resource.ts';
import { httpHealthReference } from './http-health/reference.ts';
import { httpHealth } from './http-health/resource.ts';
import { keystoneEndpointReference } from './keystone-endpoint/reference.ts';
import { keystoneEndpoint } from './keystone-endpoint/resource.ts';
import { keystoneRoleReference } from './keystone-role/reference.ts';
import { keystoneRole } from './keystone-role/resource.ts';
import { keystoneServiceReference } from './keystone-service/reference.ts';
import { keystoneService } from './keystone-service/resource.ts';
import { keystoneUserReference } from './keystone-user/reference.ts';
import { keystoneUser } from './keystone-user/resource.ts';
import { localGroupMemberReference } from './local-group-member/reference.ts';
import { localGroupMember } from './local-group-member/resource.ts';
import type { Reference } from './model/reference.ts';
import type { Resource } from './model/resource.ts';
import { packageReference } from './package/reference.ts';
import { msiPackage } from './package/resource.ts';
import { rebootReference } from './reboot/reference.ts';
import { reboot } from './reboot/resource.ts';
import { registryValueReference } from './registry-value/reference.ts';
import { registryValue } from './registry-value/resource.ts';
import { scheduledTaskReference } from './scheduled-task/reference.ts';
import { scheduledTask } from './scheduled-task/resource.ts';
import { serviceReference } from './service/reference.ts';
import { service } from './service/resource.ts';
import { serviceWorkersReference } from './service-workers/reference.ts';
import { serviceWorkers } from './service-workers/resource.ts';
import { smbShareReference } from './smb-share/reference.ts';
import { smbShare } from './smb-share/resource.ts';
import { storageVolumeReference } from './storage-volume/reference.ts';
import { storageVolume } from './storage-volume/resource.ts';
import { windowsFeatureReference } from './windows-feature/reference.ts';
import { windowsFeature } from './windows-feature/resource.ts';

/** A kind of resource, and what a person has to know of it. */
function kind<Spec>(resource: Resource<Spec>, reference: Reference<Spec>) {
  return { resource, reference } as const;
}

/** Every kind of resource by its name in ids, plans and cases. A new one is a folder and an entry here. */
export const kinds = {
  package: kind(msiPackage, packageReference),
  directory: kind(directory, directoryReference),
  file: kind(file, fileReference),
  'database-schema': kind(databaseSchema, databaseSchemaReference),
  service: kind(service, serviceReference),
  'registry-value': kind(registryValue, registryValueReference),
  'environment-variable': kind(environmentVariable, environmentVariableReference),
  'account-right': kind(accountRight, accountRightReference),
  'local-group-member': kind(localGroupMember, localGroupMemberReference),
  'firewall-rule': kind(firewallRule, firewallRuleReference),
  'storage-volume': kind(storageVolume, storageVolumeReference),
  'folder-attributes': kind(folderAttributes, folderAttributesReference),
  'folder-quota': kind(folderQuota, folderQuotaReference),
  'smb-share': kind(smbShare, smbShareReference),
  'scheduled-task': kind(scheduledTask, scheduledTaskReference),
  certificate: kind(certificate, certificateReference),
  reboot: kind(reboot, rebootReference),
  'windows-feature': kind(windowsFeature, windowsFeatureReference),
  'http-health': kind(httpHealth, httpHealthReference),
  'service-workers': kind(serviceWorkers, serviceWorkersReference),
  generation: kind(generation, generationReference),
  'keystone-service': kind(keystoneService, keystoneServiceReference),
  'keystone-endpoint': kind(keystoneEndpoint, keystoneEndpointReference),
  'keystone-user': kind(keystoneUser, keystoneUserReference),
  'keystone-role': kind(keystoneRole, keystoneRoleReference),
} as const;
