$Calls['Start-Task'] = {
    param($Request)
    $name = $Request['name']
    $task = Find-ScheduledTask $name
    if ($null -eq $task) { throw (New-CallError 'TaskNotFound' "there is no task $name" 'ObjectNotFound') }
    [void]$task.Run($null)
}
