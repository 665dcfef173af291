# Runs secedit.exe on the rights of accounts. It ends with 3 where it only warns.
function Invoke-SecurityEditor([string[]]$Arguments) {
    $end = Invoke-SystemTool 'secedit.exe' ($Arguments + @('/areas', 'USER_RIGHTS', '/quiet'))
    if (@(0, 3) -notcontains $end['exitCode']) {
        throw (New-CallError 'PolicyFailed' "secedit.exe $($Arguments[0]) ended with exit code $($end['exitCode']): $($end['said'])" 'InvalidResult')
    }
}
