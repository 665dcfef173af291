# Our folder of the Task Scheduler, or $null. Looked for among all, as asking for one that is not there is an error. The COM object is in every
# Windows; the cmdlets cannot say all that is compared.
function Get-TaskFolder {
    $service = New-Object -ComObject Schedule.Service
    $service.Connect()
    foreach ($folder in $service.GetFolder('\').GetFolders(0)) {
        if ($folder.Name -eq 'oriel') { return $folder }
    }
}
