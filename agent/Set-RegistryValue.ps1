$Calls['Set-RegistryValue'] = @{
    parameters = @{ key = 'string'; name = 'string'; type = 'string'; value = 'value' }
    run = {
        param($Request)
        $place = Resolve-RegistryKey $Request['key']
        $data = ConvertTo-RegistryData $Request['type'] $Request['value']
        $key = $place['root'].CreateSubKey($place['path'])
        try { $key.SetValue($Request['name'], $data, $Request['type']) } finally { $key.Dispose() }
    }
}
