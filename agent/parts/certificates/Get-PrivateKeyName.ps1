# What the providers of the private key of a certificate call it: the old ones, and the new ones (.NET 4.6 and later know them). On .NET 5 and
# later the new ones name the keys of the old ones as well, so a name does not tell in which folder its file is.
function Get-PrivateKeyName($Certificate) {
    try { $Certificate.PrivateKey.CspKeyContainerInfo.UniqueKeyContainerName } catch { $null = $_ }
    try {
        $key = [Security.Cryptography.X509Certificates.RSACertificateExtensions]::GetRSAPrivateKey($Certificate)
        $key.Key.UniqueName
    } catch { $null = $_ }
}
