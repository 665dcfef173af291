$Calls['Get-Facts'] = {
    param($Request)
    $system = Get-CimInstance -ClassName Win32_OperatingSystem
    $disk = Get-CimInstance -ClassName Win32_LogicalDisk -Filter "DeviceID='$env:SystemDrive'"
    $identity = [Security.Principal.WindowsIdentity]::GetCurrent()
    $principal = New-Object Security.Principal.WindowsPrincipal $identity
    # A 32-bit PowerShell is told x86 and finds the real one in the second variable.
    $architecture = $env:PROCESSOR_ARCHITECTURE
    if ($env:PROCESSOR_ARCHITEW6432) { $architecture = $env:PROCESSOR_ARCHITEW6432 }
    [ordered]@{
        computer = [Environment]::MachineName
        os = "$($system.Caption)".Trim()
        osVersion = "$($system.Version)"
        powershell = '{0}.{1}' -f $PSVersionTable.PSVersion.Major, $PSVersionTable.PSVersion.Minor
        architecture = $architecture
        platform = Get-Platform
        user = $identity.Name
        elevated = $principal.IsInRole([Security.Principal.WindowsBuiltInRole]::Administrator)
        pendingReboot = @(Get-PendingReboot).Count -gt 0
        freeBytes = $disk.FreeSpace
        time = [DateTime]::UtcNow
        timeZone = [TimeZoneInfo]::Local.Id
    }
}
