$Calls['Get-WindowsFeatureState'] = {
    param($Request)
    # Windows for workstations has no Server Manager.
    if ($null -eq (Get-Command -Name Get-WindowsFeature -ErrorAction SilentlyContinue)) { return @{ known = $false } }
    $feature = Get-WindowsFeature -Name $Request['name'] | Select-Object -First 1
    if ($null -eq $feature) { return @{ known = $false } }
    [ordered]@{ known = $true; installed = [bool]$feature.Installed; state = "$($feature.InstallState)" }
}
