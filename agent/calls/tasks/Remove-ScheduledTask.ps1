$Calls['Remove-ScheduledTask'] = {
    param($Request)
    $task = Find-ScheduledTask $Request['name']
    if ($null -eq $task) { return @{ removed = $false } }
    $task.Stop(0)
    $folder = Get-TaskFolder
    $folder.DeleteTask($task.Name, 0)
    # Nothing of ours is left: nor is our folder.
    if ($folder.GetTasks(1).Count -eq 0 -and $folder.GetFolders(0).Count -eq 0) {
        (Connect-TaskService).GetFolder('\').DeleteFolder('oriel', 0)
    }
    @{ removed = $true }
}
