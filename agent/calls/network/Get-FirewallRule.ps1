$Calls['Get-FirewallRule'] = {
    param($Request)
    try { $rule = Get-NetFirewallRule -Name $Request['name'] }
    catch {
        if ("$($_.CategoryInfo.Category)" -ne 'ObjectNotFound') { throw }
        return @{ exists = $false }
    }
    $ports = $rule | Get-NetFirewallPortFilter
    [ordered]@{
        exists = $true
        displayName = "$($rule.DisplayName)"
        enabled = "$($rule.Enabled)" -eq 'True'
        direction = "$($rule.Direction)"
        action = "$($rule.Action)"
        profile = "$($rule.Profile)"
        protocol = "$($ports.Protocol)"
        localPort = @($ports.LocalPort | ForEach-Object { "$_" })
    }
}
