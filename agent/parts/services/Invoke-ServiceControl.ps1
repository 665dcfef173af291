# Runs sc.exe, which sets what no cmdlet and no class of .NET does.
function Invoke-ServiceControl([string]$Name, [string[]]$Arguments) {
    $end = Invoke-SystemTool 'sc.exe' $Arguments
    if ($end['exitCode'] -ne 0) {
        throw (New-CallError 'ServiceFailed' "sc.exe $($Arguments[0]) $Name failed: $($end['said'])" 'InvalidResult')
    }
}
