$Calls['Set-EnvironmentVariable'] = {
    param($Request)
    # Of the machine, and told to the programs that run; $null removes it.
    [Environment]::SetEnvironmentVariable($Request['name'], $Request['value'], 'Machine')
}
