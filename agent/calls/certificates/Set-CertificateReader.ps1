$Calls['Set-CertificateReader'] = {
    param($Request)
    $sids = @($Request['readers'] | ForEach-Object { (Resolve-Account $_).Value })
    $store = Open-CertificateStore $Request['store'] 'ReadOnly, OpenExistingOnly'
    try { $certificate = $store.Certificates | Where-Object { $_.Thumbprint -eq $Request['thumbprint'] } | Select-Object -First 1 }
    finally { $store.Close() }
    $file = $null
    if ($null -ne $certificate) { $file = Get-PrivateKeyFile $certificate }
    if ($null -eq $file) { throw (New-CallError 'KeyNotFound' 'the private key has no file that others could be let read' 'ObjectNotFound') }
    Set-KeyReader $file $sids
}
