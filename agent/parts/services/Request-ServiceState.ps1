function Request-ServiceState($Service, [string]$Wanted) {
    try {
        if ($Wanted -eq 'Stopped') { $Service.Stop() }
        elseif ("$($Service.Status)" -eq 'Paused') { $Service.Continue() }
        else { $Service.Start() }
    } catch {
        # The reason is the innermost of three exceptions.
        $reason = $_.Exception.GetBaseException().Message
        throw (New-CallError 'ServiceFailed' "$($Service.ServiceName) cannot be brought to ${Wanted}: $reason" 'InvalidResult')
    }
}
