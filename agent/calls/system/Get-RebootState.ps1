$Calls['Get-RebootState'] = {
    param($Request)
    $system = Get-CimInstance -ClassName Win32_OperatingSystem
    $result = [ordered]@{ reasons = @(Get-PendingReboot); booted = $system.LastBootUpTime }
    # The boot time is counted back from now and moves with the clock; when the session manager started is written down once.
    $first = $null
    foreach ($manager in @(Get-CimInstance -ClassName Win32_Process -Filter "Name='smss.exe'")) {
        if ($null -eq $first -or $manager.CreationDate -lt $first) { $first = $manager.CreationDate }
    }
    if ($null -ne $first) { $result['boot'] = $first }
    $result
}
