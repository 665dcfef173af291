# In Wine sc.exe sets no dependencies and no recovery, secedit.exe does nothing, and shutdown.exe restarts no node. All else runs as it is.
${function:Invoke-WineTool} = ${function:Invoke-SystemTool}

function Invoke-SystemTool([string]$Program, [string[]]$Arguments) {
    $done = @{ said = ''; exitCode = 0 }
    switch ("$Program $($Arguments[0])") {
        'sc.exe config' {
            # winectl.exe of the sandbox asks Wine's service manager for it.
            $names = @($Arguments[3].Split('/') | Where-Object { $_ -ne '' })
            return Invoke-WineTool 'winectl.exe' (@('depend', $Arguments[1]) + $names)
        }
        'sc.exe failure' { Set-WineRecovery $Arguments[1] ([uint32]$Arguments[3]) $Arguments[5]; return $done }
        'sc.exe failureflag' { Set-WineService $Arguments[1] 'FailureActionsOnNonCrashFailures' ([int]$Arguments[2]) 'DWord'; return $done }
        'secedit.exe /export' { Export-SandboxRight $Arguments[2]; return $done }
        'secedit.exe /configure' { Import-SandboxRight $Arguments[4]; return $done }
        'shutdown.exe /r' { Invoke-SandboxModel 'Restart-Computer' @{ Force = $true }; return $done }
    }
    Invoke-WineTool $Program $Arguments
}

# As Windows keeps it: SERVICE_FAILURE_ACTIONS in fields of 32 bits (agent/parts/services/Get-ServiceRecovery.ps1).
function Set-WineRecovery([string]$Name, [uint32]$Reset, [string]$Actions) {
    $words = @($Actions.Split('/') | Where-Object { $_ -ne '' })
    $fields = [uint32[]]@($Reset, 0, 0, ($words.Count / 2), 20)
    for ($at = 0; $at -lt $words.Count; $at += 2) {
        $fields += [uint32[]]@([Array]::IndexOf(@('none', 'restart', 'reboot', 'run'), $words[$at]), [uint32]$words[$at + 1])
    }
    Set-WineService $Name 'FailureActions' ([byte[]]@($fields | ForEach-Object { [BitConverter]::GetBytes($_) })) 'Binary'
}

function Set-WineService([string]$Name, [string]$Value, $Data, [string]$Type) {
    $key = [Microsoft.Win32.Registry]::LocalMachine.OpenSubKey("SYSTEM\CurrentControlSet\Services\$Name", $true)
    try { $key.SetValue($Value, $Data, $Type) } finally { $key.Dispose() }
}

# A template of secedit.exe, with who has which right.
function Export-SandboxRight([string]$Path) {
    $lines = @(foreach ($row in Invoke-SandboxModel 'Get-SandboxRight' @{}) {
        $sids = @($row['Accounts'] | ForEach-Object { "*$((Resolve-Account $_).Value)" })
        if ($sids.Count -gt 0) { "$($row['Right']) = $($sids -join ',')" }
    })
    [IO.File]::WriteAllLines($Path, (@('[Unicode]', 'Unicode=yes', '[Privilege Rights]') + $lines), [Text.Encoding]::Unicode)
}

function Import-SandboxRight([string]$Path) {
    foreach ($line in [IO.File]::ReadAllLines($Path)) {
        if ($line -notmatch '^(Se\w+) = (.*)$') { continue }
        $right = $Matches[1]
        $accounts = @($Matches[2].Split(',') | Where-Object { $_ -ne '' } | ForEach-Object {
            Get-AccountName (New-Object Security.Principal.SecurityIdentifier $_.TrimStart('*'))
        })
        Invoke-SandboxModel 'Set-SandboxRight' @{ Right = $right; Accounts = $accounts }
    }
}
