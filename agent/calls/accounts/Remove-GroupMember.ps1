$Calls['Remove-GroupMember'] = {
    param($Request)
    $group = Assert-LocalGroup $Request['group']
    $sid = (Resolve-Account $Request['account']).Value
    if (@(Get-LocalMember $group) -contains $sid) { [void]$group.psbase.Invoke('Remove', "WinNT://$sid") }
}
