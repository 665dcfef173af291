# What Windows does when a service fails, as the service manager keeps it: SERVICE_FAILURE_ACTIONS in fields of 32 bits (seconds, two that are not
# used, the number of actions, where they begin), then type (SC_ACTION_TYPE) and milliseconds of each. `sc.exe qfailure` says it in translated words.
function Get-ServiceRecovery([string]$Name) {
    $recovery = [ordered]@{ actions = @(); reset = 0; onError = $false }
    $key = [Microsoft.Win32.Registry]::LocalMachine.OpenSubKey("SYSTEM\CurrentControlSet\Services\$Name")
    if ($null -eq $key) { return $recovery }
    try {
        $recovery['onError'] = $key.GetValue('FailureActionsOnNonCrashFailures', 0) -eq 1
        $bytes = $key.GetValue('FailureActions')
    } finally { $key.Dispose() }
    if ($bytes -isnot [byte[]] -or $bytes.Length -lt 20) { return $recovery }
    $recovery['reset'] = [BitConverter]::ToUInt32($bytes, 0)
    $end = [Math]::Min($bytes.Length, 20 + 8 * [BitConverter]::ToUInt32($bytes, 12))
    $words = @('none', 'restart', 'reboot', 'run')
    $recovery['actions'] = @(for ($at = 20; $at + 8 -le $end; $at += 8) {
        $type = [BitConverter]::ToUInt32($bytes, $at)
        $word = "$type"
        if ($type -lt $words.Count) { $word = $words[$type] }
        '{0}/{1}' -f $word, [BitConverter]::ToUInt32($bytes, $at + 4)
    })
    $recovery
}
