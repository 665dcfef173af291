$Calls['Get-ServiceState'] = {
    param($Request)
    $state = Get-ServiceTable $Request['name']
    if ($null -eq $state) { return @{ exists = $false } }
    $state
}
