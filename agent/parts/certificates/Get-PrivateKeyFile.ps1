# The file of the private key of a certificate, or $null where it has none of RSA: old providers keep theirs in one folder, new ones (.NET 4.6
# and later know them) in another.
function Get-PrivateKeyFile($Certificate) {
    if (-not $Certificate.HasPrivateKey) { return }
    $folder = [IO.Path]::Combine([Environment]::GetFolderPath('CommonApplicationData'), 'Microsoft\Crypto')
    try {
        $name = $Certificate.PrivateKey.CspKeyContainerInfo.UniqueKeyContainerName
        return [IO.Path]::Combine($folder, "RSA\MachineKeys\$name")
    } catch { $null = $_ }
    try {
        $key = [Security.Cryptography.X509Certificates.RSACertificateExtensions]::GetRSAPrivateKey($Certificate)
        [IO.Path]::Combine($folder, "Keys\$($key.Key.UniqueName)")
    } catch { $null = $_ }
}
