$Calls['Set-RegistryValue'] = {
    param($Request)
    $data = ConvertTo-RegistryData $Request['type'] $Request['value']
    $place = Resolve-RegistryKey $Request['key']
    $key = $place['root'].CreateSubKey($place['path'])
    try { $key.SetValue($Request['name'], $data, $Request['type']) } finally { $key.Dispose() }
}
