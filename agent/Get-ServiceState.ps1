$Calls['Get-ServiceState'] = @{
    parameters = @{ name = 'service' }
    run = {
        param($Request)
        $state = Get-ServiceTable $Request['name']
        if ($null -eq $state) { return @{ exists = $false } }
        $state
    }
}
