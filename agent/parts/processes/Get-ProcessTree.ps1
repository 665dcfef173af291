# A process and all below it, each after its parent. Windows gives the number of an ended process to another one, so a child is only one that is
# not older than its parent.
function Get-ProcessTree([uint32]$ProcessId) {
    $all = @(Get-CimInstance -ClassName Win32_Process)
    $tree = @($all | Where-Object { $_.ProcessId -eq $ProcessId })
    for ($at = 0; $at -lt $tree.Count; $at++) {
        $parent = $tree[$at]
        $tree += @($all | Where-Object { $_.ParentProcessId -eq $parent.ProcessId -and $_.CreationDate -ge $parent.CreationDate })
    }
    foreach ($process in $tree) {
        [ordered]@{ pid = $process.ProcessId; parent = $process.ParentProcessId; name = "$($process.Name)" }
    }
}
