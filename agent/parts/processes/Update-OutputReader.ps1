# Takes what has arrived; $true when there was something. A stream that fails has ended.
function Update-OutputReader([hashtable]$Reader) {
    if (-not $Reader['open'] -or -not $Reader['task'].IsCompleted) { return $false }
    $count = 0
    if ("$($Reader['task'].Status)" -eq 'RanToCompletion') { $count = $Reader['task'].Result }
    $Reader['open'] = $count -gt 0
    if ($null -ne $Reader['id']) { Send-OutputLine $Reader $count }
    if ($count -eq 0) { return $false }
    $Reader['bytes'].Write($Reader['buffer'], 0, $count)
    $Reader['task'] = $Reader['stream'].ReadAsync($Reader['buffer'], 0, $Reader['buffer'].Length)
    $true
}
