# Our folder of the Task Scheduler, or $null. Looked for among all, as asking for one that is not there is an error.
function Get-TaskFolder {
    $service = Connect-TaskService
    foreach ($folder in $service.GetFolder('\').GetFolders(0)) {
        if ($folder.Name -eq 'oriel') { return $folder }
    }
}
