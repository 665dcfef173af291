$Calls['Get-RebootState'] = {
    param($Request)
    $system = Get-CimInstance -ClassName Win32_OperatingSystem
    [ordered]@{ reasons = @(Get-PendingReboot); booted = $system.LastBootUpTime }
}
