$Calls['Get-RegistryValue'] = {
    param($Request)
    $place = Resolve-RegistryKey $Request['key']
    $key = $place['root'].OpenSubKey($place['path'])
    if ($null -eq $key) { return @{ exists = $false } }
    try {
        $name = $Request['name']
        if ($null -eq $name) { return @{ exists = $true } }
        if (@($key.GetValueNames()) -notcontains $name) { return @{ exists = $false } }
        $value = $key.GetValue($name, $null, 'DoNotExpandEnvironmentNames')
        # The registry has unsigned numbers, .NET reads them as signed.
        if ($value -is [int]) { $value = [BitConverter]::ToUInt32([BitConverter]::GetBytes($value), 0) }
        if ($value -is [long]) { $value = [BitConverter]::ToUInt64([BitConverter]::GetBytes($value), 0) }
        if ($value -is [byte[]]) { $value = [Convert]::ToBase64String($value) }
        [ordered]@{ exists = $true; type = "$($key.GetValueKind($name))"; value = $value }
    } finally { $key.Dispose() }
}
