$ServiceStates = @('Unknown', 'Stopped', 'Start Pending', 'Stop Pending', 'Running', 'Continue Pending', 'Pause Pending', 'Paused')
$StartModes = @('Boot', 'System', 'Auto', 'Manual', 'Disabled')

# Services as Win32_Service has them, by the service manager itself. A name that no service has gives nothing.
function Get-ServiceRow($Wanted) {
    $names = @($Wanted['Name'])
    if (-not $Wanted.ContainsKey('Name')) { $names = @([System.ServiceProcess.ServiceController]::GetServices() | ForEach-Object { $_.ServiceName }) }
    foreach ($name in $names) { Use-Service $name 5 { param($Native, $Handle) Read-Service $Native $Handle $name } }
}

# Runs $Work with a handle of the service; gives nothing where there is none, or it may not be opened with this access.
function Use-Service([string]$Name, [uint32]$Access, [scriptblock]$Work) {
    $native = Get-Native
    $manager = $native::OpenSCManagerW([IntPtr]::Zero, [IntPtr]::Zero, 1)
    $handle = $native::OpenServiceW($manager, $Name, $Access)
    try { if ($handle -ne [IntPtr]::Zero) { & $Work $native $handle } }
    finally { foreach ($each in $handle, $manager) { if ($each -ne [IntPtr]::Zero) { [void]$native::CloseServiceHandle($each) } } }
}

# SERVICE_STATUS_PROCESS in fields of 32 bits, QUERY_SERVICE_CONFIGW with pointers of 64.
function Read-Service($Native, [IntPtr]$Handle, [string]$Name) {
    $needed = 0
    $status = New-Object byte[] 36
    if (-not $Native::QueryServiceStatusEx($Handle, 0, $status, $status.Length, [ref]$needed)) { return }
    $field = { param($At) [BitConverter]::ToUInt32($status, 4 * $At) }
    $marshal = [System.Runtime.InteropServices.Marshal]
    $config = $marshal::AllocHGlobal(8192)
    try {
        if (-not $Native::QueryServiceConfigW($Handle, $config, 8192, [ref]$needed)) { return }
        $text = { param($At) $marshal::PtrToStringUni($marshal::ReadIntPtr($config, $At)) }
        $account = & $text 48
        $state = $ServiceStates[(& $field 1)]
        [ordered]@{
            Name = $Name
            DisplayName = & $text 56
            Caption = & $text 56
            State = $state
            Status = 'OK'
            Started = $state -ne 'Stopped'
            StartMode = $StartModes[$marshal::ReadInt32($config, 4)]
            StartName = $(if ([string]::IsNullOrEmpty($account)) { 'LocalSystem' } else { $account })
            PathName = & $text 16
            ProcessId = & $field 7
            ExitCode = & $field 3
            ServiceSpecificExitCode = & $field 4
            CheckPoint = & $field 5
            WaitHint = & $field 6
        }
    } finally { $marshal::FreeHGlobal($config) }
}

# Win32_Service.Change, of the account alone; its return values are those of Windows Management, not those of the service manager.
function Set-ServiceLogon([string]$Name, $Arguments) {
    $code = 16
    $account = "$($Arguments['StartName'])"
    $password = "$($Arguments['StartPassword'])"
    $unchanged = [uint32]::MaxValue
    $none = [IntPtr]::Zero
    $done = Use-Service $Name 2 {
        param($Native, $Handle)
        if ($Native::ChangeServiceConfigW($Handle, $unchanged, $unchanged, $unchanged, $none, $none, $none, $none, $account, $password, $none)) { return 0 }
        $Native::GetLastError()
    }
    $codes = @{ 0 = 0; 5 = 2; 87 = 21; 1057 = 22; 1072 = 16; 1326 = 22 }
    if ($null -ne $done) { $code = 8 }
    if ($null -ne $done -and $codes.ContainsKey([int]$done)) { $code = $codes[[int]$done] }
    $code
}
