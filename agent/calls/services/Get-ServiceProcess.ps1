$Calls['Get-ServiceProcess'] = {
    param($Request)
    $service = Get-CimInstance -ClassName Win32_Service -Filter "Name='$($Request['name'])'"
    if ($null -eq $service -or $service.ProcessId -eq 0) { return @{ processes = @() } }
    @{ processes = @(Get-ProcessTree $service.ProcessId) }
}
