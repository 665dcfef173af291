$Calls['Remove-RegistryValue'] = {
    param($Request)
    $place = Resolve-RegistryKey $Request['key']
    $key = $place['root'].OpenSubKey($place['path'], $true)
    if ($null -eq $key) { return @{ removed = $false } }
    try {
        $there = @($key.GetValueNames()) -contains $Request['name']
        if ($there) { $key.DeleteValue($Request['name']) }
        @{ removed = $there }
    } finally { $key.Dispose() }
}
