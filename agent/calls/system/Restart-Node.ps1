$Calls['Restart-Node'] = {
    param($Request)
    # Five seconds, so that this answer is under way before the network goes. p:2:4 is a planned reconfiguration of the operating system.
    $end = Invoke-SystemTool 'shutdown.exe' @('/r', '/t', '5', '/d', 'p:2:4')
    # 1115 and 1190: it is on its way down already.
    if (@(0, 1115, 1190) -notcontains $end['exitCode']) {
        throw (New-CallError 'RestartFailed' "shutdown.exe ended with $($end['exitCode']): $($end['said'])" 'InvalidResult')
    }
}
