$Calls['Get-ScheduledTaskState'] = {
    param($Request)
    $task = Find-ScheduledTask $Request['name']
    if ($null -eq $task) { return @{ exists = $false } }
    $definition = $task.Definition
    $user = "$($definition.Principal.UserId)"
    try { $user = Get-AccountName (Resolve-Account $user) } catch { $null = $_ }
    $logons = @{ 1 = 'Password'; 5 = 'ServiceAccount' }
    $logon = "$($logons[[int]$definition.Principal.LogonType])"
    if ($logon -eq '') { $logon = 'Other' }
    [ordered]@{
        exists = $true
        enabled = [bool]$task.Enabled
        account = $user
        logon = $logon
        limit = "$($definition.Settings.ExecutionTimeLimit)"
        # 0: a program. Of other actions nothing is told.
        actions = @(foreach ($action in $definition.Actions) {
            if ($action.Type -eq 0) { [ordered]@{ program = "$($action.Path)"; arguments = "$($action.Arguments)" } } else { @{} }
        })
        triggers = @(foreach ($trigger in $definition.Triggers) { ConvertTo-TaskTrigger $trigger })
    }
}
