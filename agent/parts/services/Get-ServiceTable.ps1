# A service as Win32_Service knows it, or $null. The name cannot break out of the query: the protocol allows no quotation mark.
function Get-ServiceTable([string]$Name) {
    $service = Get-CimInstance -ClassName Win32_Service -Filter "Name='$Name'"
    if ($null -eq $service) { return $null }
    $state = [ordered]@{
        exists = $true
        status = "$($service.State)".Replace(' ', '')
        startMode = "$($service.StartMode)"
        account = "$($service.StartName)"
        path = "$($service.PathName)"
    }
    if ($service.ProcessId -gt 0) { $state['pid'] = $service.ProcessId }
    $state['exitCode'] = $service.ExitCode
    # ERROR_SERVICE_SPECIFIC_ERROR: the service gave a code of its own.
    if ($service.ExitCode -eq 1066) { $state['exitCode'] = $service.ServiceSpecificExitCode }
    $state['recovery'] = Get-ServiceRecovery $Name
    $state['dependencies'] = @(Get-ServiceDependency $Name)
    $state
}
