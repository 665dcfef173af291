# A task of our folder, hidden ones too, or $null.
function Find-ScheduledTask([string]$Name) {
    $folder = Get-TaskFolder
    if ($null -eq $folder) { return }
    foreach ($task in $folder.GetTasks(1)) {
        if ($task.Name -eq $Name) { return $task }
    }
}
