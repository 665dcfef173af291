$Calls['Get-PortState'] = {
    param($Request)
    $port = $Request['port']
    $listeners = [Net.NetworkInformation.IPGlobalProperties]::GetIPGlobalProperties().GetActiveTcpListeners()
    if (@($listeners | Where-Object { $_.Port -eq $port }).Count -eq 0) { return @{ listening = $false } }
    $state = [ordered]@{ listening = $true }
    if (Test-Windows) {
        $owners = @(Get-NetTCPConnection -State Listen -LocalPort $port -ErrorAction SilentlyContinue)
        if ($owners.Count -gt 0) { $state['pid'] = $owners[0].OwningProcess }
    }
    $state
}
