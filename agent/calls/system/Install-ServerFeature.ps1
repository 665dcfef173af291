$Calls['Install-ServerFeature'] = {
    param($Request)
    # What uses it is to be there too where it has tools; a restart is the controller's to decide.
    $result = Install-WindowsFeature -Name $Request['name'] -IncludeManagementTools
    if (-not $result.Success) { throw (New-CallError 'FeatureFailed' "$($Request['name']): $($result.ExitCode)" 'InvalidResult') }
    @{ restart = "$($result.RestartNeeded)" -ne 'No' }
}
