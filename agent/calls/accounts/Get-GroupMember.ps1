$Calls['Get-GroupMember'] = {
    param($Request)
    $group = Open-LocalGroup $Request['group']
    if ($null -eq $group) { return @{ exists = $false } }
    $members = @(Get-LocalMember $group | ForEach-Object { Get-AccountName (New-Object Security.Principal.SecurityIdentifier $_) })
    [ordered]@{ exists = $true; members = $members }
}
