$Calls['Set-EnvironmentVariable'] = {
    param($Request)
    # Of the machine, and told to the programs that run. PowerShell gives $null to .NET as empty text, which .NET 9 and later keep as a value.
    $value = $Request['value']
    if ($null -eq $value) { $value = [NullString]::Value }
    [Environment]::SetEnvironmentVariable($Request['name'], $value, 'Machine')
}
