# The certificate in a file: of a PFX the one with the key, which is kept in the store of the computer and cannot be taken out again. A wrong
# password is an error of .NET.
function ConvertTo-Certificate([string]$Base64, $Password) {
    $all = New-Object Security.Cryptography.X509Certificates.X509Certificate2Collection
    $all.Import([Convert]::FromBase64String($Base64), $Password, 'MachineKeySet, PersistKeySet')
    foreach ($certificate in $all) {
        if ($certificate.HasPrivateKey -or $null -eq $Password) { return $certificate }
    }
    throw (New-CallError 'KeyNotFound' 'there is no certificate with a private key in it' 'ObjectNotFound')
}
