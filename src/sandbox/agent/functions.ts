import { getAccountRight, grantAccountRight, revokeAccountRight } from './account-right.ts';
import {
  addCertificate,
  getCertificateList,
  removeCertificate,
  setCertificateReader,
} from './certificate.ts';
import { getEventRecord } from './event-record.ts';
import type { AgentFunction } from './function.ts';
import { getDetachedProcess } from './get-detached-process.ts';
import { getDirectoryState } from './get-directory-state.ts';
import { getFacts } from './get-facts.ts';
import { getFileContent } from './get-file-content.ts';
import { getFileState } from './get-file-state.ts';
import { getFileTail } from './get-file-tail.ts';
import { getFirewallRule } from './get-firewall-rule.ts';
import { getMsiProduct } from './get-msi-product.ts';
import { getPortState } from './get-port-state.ts';
import { getRegistryValue } from './get-registry-value.ts';
import { getServiceProcess } from './get-service-process.ts';
import { getServiceState } from './get-service-state.ts';
import { addGroupMember, getGroupMember, removeGroupMember } from './group-member.ts';
import { invokeCmdlet } from './invoke-cmdlet.ts';
import { invokeProcess } from './invoke-process.ts';
import { movePath } from './move-path.ts';
import { getRebootState, restartNode } from './reboot.ts';
import { removeDetachedProcess } from './remove-detached-process.ts';
import { removePath } from './remove-path.ts';
import { removeRegistryValue } from './remove-registry-value.ts';
import {
  getScheduledTaskList,
  getScheduledTaskState,
  removeScheduledTask,
  setDailyTask,
} from './scheduled-task.ts';
import { setDirectory } from './set-directory.ts';
import { setDirectoryAccess } from './set-directory-access.ts';
import { setEnvironmentVariable } from './set-environment-variable.ts';
import { setFile } from './set-file.ts';
import { setRegistryValue } from './set-registry-value.ts';
import { setServiceAccount } from './set-service-account.ts';
import { setServiceDependency } from './set-service-dependency.ts';
import { setServiceRecovery } from './set-service-recovery.ts';
import { setServiceStartMode } from './set-service-start-mode.ts';
import { setServiceState } from './set-service-state.ts';
import { getShareState, newShare, removeShare, setShare, setShareAccess } from './smb-share.ts';
import { startDetachedProcess } from './start-detached-process.ts';
import { testHttp } from './test-http.ts';
import { getWindowsFeatureState, installServerFeature } from './windows-feature.ts';

/** Every function of the agent by the name that a request calls it. */
export const agentFunctions: ReadonlyMap<string, AgentFunction> = new Map([
  ['Get-Facts', getFacts],
  ['Invoke-Cmdlet', invokeCmdlet],
  ['Invoke-Process', invokeProcess],
  ['Start-DetachedProcess', startDetachedProcess],
  ['Get-DetachedProcess', getDetachedProcess],
  ['Remove-DetachedProcess', removeDetachedProcess],
  ['Get-FileState', getFileState],
  ['Set-File', setFile],
  ['Get-FileContent', getFileContent],
  ['Get-FileTail', getFileTail],
  ['Move-Path', movePath],
  ['Remove-Path', removePath],
  ['Get-DirectoryState', getDirectoryState],
  ['Set-Directory', setDirectory],
  ['Set-DirectoryAccess', setDirectoryAccess],
  ['Get-RegistryValue', getRegistryValue],
  ['Get-MsiProduct', getMsiProduct],
  ['Get-ServiceState', getServiceState],
  ['Get-ServiceProcess', getServiceProcess],
  ['Set-ServiceState', setServiceState],
  ['Set-ServiceStartMode', setServiceStartMode],
  ['Set-ServiceRecovery', setServiceRecovery],
  ['Test-Http', testHttp],
  ['Get-PortState', getPortState],
  ['Get-FirewallRule', getFirewallRule],
  ['Set-RegistryValue', setRegistryValue],
  ['Remove-RegistryValue', removeRegistryValue],
  ['Set-EnvironmentVariable', setEnvironmentVariable],
  ['Set-ServiceAccount', setServiceAccount],
  ['Set-ServiceDependency', setServiceDependency],
  ['Get-EventRecord', getEventRecord],
  ['Get-AccountRight', getAccountRight],
  ['Grant-AccountRight', grantAccountRight],
  ['Revoke-AccountRight', revokeAccountRight],
  ['Get-GroupMember', getGroupMember],
  ['Add-GroupMember', addGroupMember],
  ['Remove-GroupMember', removeGroupMember],
  ['Get-ShareState', getShareState],
  ['New-Share', newShare],
  ['Set-Share', setShare],
  ['Set-ShareAccess', setShareAccess],
  ['Remove-Share', removeShare],
  ['Get-ScheduledTaskList', getScheduledTaskList],
  ['Get-ScheduledTaskState', getScheduledTaskState],
  ['Set-DailyTask', setDailyTask],
  ['Remove-ScheduledTask', removeScheduledTask],
  ['Get-CertificateList', getCertificateList],
  ['Add-Certificate', addCertificate],
  ['Set-CertificateReader', setCertificateReader],
  ['Remove-Certificate', removeCertificate],
  ['Get-RebootState', getRebootState],
  ['Restart-Node', restartNode],
  ['Get-WindowsFeatureState', getWindowsFeatureState],
  ['Install-ServerFeature', installServerFeature],
]);
