# Wine keeps private keys in its registry and .NET cannot open them there; the file that stands for one has the name of its certificate.
function Get-PrivateKeyName($Certificate) { $Certificate.Thumbprint }
