$Calls['Get-ScheduledTaskList'] = {
    param($Request)
    $folder = Get-TaskFolder
    $names = @()
    if ($null -ne $folder) { $names = @(foreach ($task in $folder.GetTasks(1)) { "$($task.Name)" }) }
    @{ names = $names }
}
