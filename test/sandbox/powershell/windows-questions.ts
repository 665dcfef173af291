/**
 * What is asked of the modules for shares, features, the firewall and Windows Management, one after the other, with what PowerShell
 * shall say; an error is its kind and category.
 */
export const windowsQuestions: Readonly<Record<string, readonly [expression: string, answer: unknown]>> = {
  'a share that is made': [
    "$global:share = New-SmbShare m 'C:\\Windows' -FullAccess 'BUILTIN\\Administrators' -CachingMode None; $share.PSObject.TypeNames[0], $share.CachingMode.GetType().FullName, $share.CATimeout.GetType().Name",
    [
      'Microsoft.Management.Infrastructure.CimInstance#ROOT/Microsoft/Windows/SMB/MSFT_SmbShare',
      'Microsoft.PowerShell.Cmdletization.GeneratedTypes.SmbShare.CachingMode',
      'UInt32',
    ],
  ],
  'access to a share that is given by its object': [
    '[void](Grant-SmbShareAccess -InputObject $share -AccountName Everyone -AccessRight Read -Force); $share | Get-SmbShareAccess | ForEach-Object { "$($_.AccountName) $($_.AccessRight)" }',
    ['BUILTIN\\Administrators Full', 'Everyone Read'],
  ],
  'a share that is there already': [
    'New-SmbShare m C:\\Windows',
    ['Windows System Error 2118', 'ResourceExists'],
  ],
  'a share that is not there': ['Get-SmbShare none', ['CmdletizationQuery_NotFound_Name', 'ObjectNotFound']],
  'a share that is not there, silently': ['Get-SmbShare none -ErrorAction SilentlyContinue', []],
  'a parameter of a later Windows': [
    'Get-SmbShare -CompressData $true',
    ['NamedParameterNotFound', 'InvalidArgument'],
  ],
  'an object of another type': [
    "Remove-SmbShare -InputObject ([pscustomobject]@{ Name = 'm' }) -Force",
    ['MismatchedPSTypeName', 'InvalidArgument'],
  ],
  'a share that only might be removed': [
    'Remove-SmbShare m -WhatIf; (Get-SmbShare m).Name; Remove-SmbShare -InputObject $share -Force; @(Get-SmbShare m*).Count',
    ['m', 0],
  ],
  'a rule with flags': [
    '[void](New-NetFirewallRule -Name r -DisplayName R -Profile Domain, Private -Protocol TCP -LocalPort 1, 2); $global:rule = Get-NetFirewallRule r; "$($rule.Profile)", "$($rule.Enabled)"',
    ['Domain, Private', 'True'],
  ],
  'the ports of a rule that is piped': ['($rule | Get-NetFirewallPortFilter).LocalPort', ['1', '2']],
  'a rule that is removed': [
    'Remove-NetFirewallRule -Name r; Get-NetFirewallRule r',
    ['CmdletizationQuery_NotFound_Name', 'ObjectNotFound'],
  ],
  'a feature that needs a restart': [
    '$r = Install-WindowsFeature Failover-Clustering -IncludeManagementTools; "$($r.RestartNeeded)", "$($r.ExitCode)", "$($r.FeatureResult[0].InstallState)"',
    ['Yes', 'SuccessRestartRequired', 'InstallPending'],
  ],
  'a feature that no Windows has': ['Get-WindowsFeature Oriel-None', []],
  'when Windows booted': [
    "(Get-CimInstance Win32_OperatingSystem).LastBootUpTime.ToUniversalTime().ToString('s')",
    ['2024-01-01T00:00:00'],
  ],
  'a query': [
    '(Get-CimInstance -Query "SELECT * FROM Win32_OperatingSystem WHERE Caption LIKE \'%Server%\' AND ProductType = 3").CSName',
    ['GLANCE-1'],
  ],
  'a query that nothing fits': ["Get-CimInstance Win32_OperatingSystem -Filter 'ProductType <> 3'", []],
  'a query that is none': [
    "Get-CimInstance Win32_OperatingSystem -Filter 'x or y'",
    ['HRESULT 0x80041017', 'InvalidArgument'],
  ],
  'a class that no Windows has': ['Get-CimInstance Win32_None', ['HRESULT 0x80041010', 'MetadataError']],
  'a method that the sandbox has not': [
    'Get-CimInstance Win32_OperatingSystem | Invoke-CimMethod -MethodName Explode',
    ['HRESULT 0x80041055', 'InvalidOperation'],
  ],
  'a program that is not there': [
    "(Invoke-CimMethod Win32_Process Create @{ CommandLine = 'C:\\none.exe' }).ReturnValue",
    [9],
  ],
};
