$Calls['Remove-DetachedProcess'] = {
    param($Request)
    $name = $Request['name']
    $state = (Get-Run $name)['state']
    if ($state -eq 'running') { throw (New-CallError 'StillRunning' "$name is running" 'ResourceBusy') }
    if ($state -ne 'absent') { Remove-Tree (Get-RunDirectory $name) }
}
