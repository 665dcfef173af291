$text = [IO.File]::ReadAllText('C:\x')
$text = [IO.File]::ReadAllText('C:\x', 1, 2) # bad
$lines = [System.IO.File]::ReadLines('C:\x')
[IO.File]::WriteAllTextAsync('C:\x', $text) # bad
$path = [IO.Path]::Join('C:\', 'x') # bad
$path = [IO.Path]::Combine('C:\', 'x')
if ($text -is [IO.Hashing.Crc32]) { 1 } # bad
if ($text -is [string]) { 1 }
if ($text -is [semver]) { 1 } # bad
[string[]]$list = @()
[Collections.Concurrent.BlockingCollection[string]]$list = @()
[Collections.Concurrent.BlockingCollection[Half]]$list = @() # bad
$queue = New-Object 'System.Collections.Concurrent.BlockingCollection[string]'
$queue = New-Object 'System.Collections.Generic.PriorityQueue[string,int]' # bad
$stream = New-Object IO.FileStream $path, ([IO.FileMode]::Open), ([IO.FileAccess]::Read), ([IO.FileShare]::Read)
$stream = New-Object IO.FileStream $path # bad
$stream = New-Object IO.MemoryStream (, $bytes)
$stream = New-Object IO.MemoryStream ($bytes, 0, 1, $true, $true, $true) # bad
$share = [IO.FileShare]::ReadWrite -bor [IO.FileShare]::Everything # bad
$bytes = New-Object byte[] 4
$key = [Security.Cryptography.X509Certificates.RSACertificateExtensions]::GetRSAPrivateKey($certificate) # bad
try { $key = [Security.Cryptography.X509Certificates.RSACertificateExtensions]::GetRSAPrivateKey($certificate) } catch { $null = $_ }
try { $key = 1 } catch { $key = [Security.Cryptography.X509Certificates.RSACertificateExtensions] } # bad
[System.__ComObject].InvokeMember($name, [Reflection.BindingFlags]::GetProperty, $null, $object, $arguments)
[System.__ComObject].InvokeMember($name, $object) # bad
try { $text = 1 } catch [IO.UnknownException] { $null = $_ } # bad
function Get-Thing([Half]$Value) { $Value } # bad
