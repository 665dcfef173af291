$Calls['Move-Path'] = {
    param($Request)
    $path = $Request['path']
    $destination = $Request['destination']
    $kind = Get-PathKind $path
    if ($kind -eq 'absent') { throw (New-CallError 'PathNotFound' "there is no $path" 'ObjectNotFound') }
    $there = Get-PathKind $destination
    if ($there -eq 'directory' -or ($there -eq 'file' -and $kind -eq 'directory')) {
        throw (New-CallError 'PathExists' "$destination is there already" 'ResourceExists')
    }
    New-ParentDirectory $destination
    if ($kind -eq 'directory') { [IO.Directory]::Move($path, $destination); return }
    # The destination may be on another volume, also below the same drive: first beside it (a copy if need be), then over it in one step.
    $part = $destination + '.oriel-new'
    [IO.File]::Delete($part)
    [IO.File]::Move($path, $part)
    Move-Over $part $destination
}
