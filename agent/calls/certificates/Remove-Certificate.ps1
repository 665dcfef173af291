$Calls['Remove-Certificate'] = {
    param($Request)
    $store = Open-CertificateStore $Request['store'] 'ReadWrite'
    try {
        $found = @($store.Certificates | Where-Object { $_.Thumbprint -eq $Request['thumbprint'] })
        foreach ($certificate in $found) {
            $file = Get-PrivateKeyFile $certificate
            $store.Remove($certificate)
            if ($null -ne $file) { [IO.File]::Delete($file) }
        }
    } finally { $store.Close() }
    @{ removed = $found.Count -gt 0 }
}
