$Calls['New-Share'] = {
    param($Request)
    $share = @{
        Name = $Request['name']
        Path = $Request['path']
        Description = $Request['description']
        CachingMode = 'None'
        ContinuouslyAvailable = $Request['continuouslyAvailable']
        EncryptData = $Request['encryptData']
    }
    if ($null -ne $Request['scope']) { $share['ScopeName'] = $Request['scope'] }
    # FullAccess, ChangeAccess, ReadAccess: without any of them everybody could read.
    foreach ($entry in (ConvertTo-ShareAccess $Request['access']).GetEnumerator()) {
        $share["$($entry.Value)Access"] += @(ConvertTo-LocalName $entry.Key)
    }
    [void](New-SmbShare @share)
}
