$services = Get-WmiObject -Class Win32_Service # bad
$services = Get-CimInstance -ClassName Win32_Service
$lines = Get-Content -LiteralPath 'C:\x' # bad
$lines = [IO.File]::ReadAllLines('C:\x')
Set-Service -Name 'x' -StartupType Manual # bad
try { Set-Service -Name 'x' -StartupType Manual } catch { $reason = $_ }
try { $lines = 1 } catch { Set-Service -Name 'x' -StartupType Manual } # bad
$text = [Text.Encoding]::Default.GetString($bytes) # bad
$text = [System.Text.Encoding]::GetEncoding(0).GetString($bytes)
[Net.ServicePointManager]::SecurityProtocol = 3072
[System.Net.ServicePointManager]::Expect100Continue = $false # bad
$security = [IO.Directory]::GetAccessControl('C:\x') # bad
$word = [Runtime.InteropServices.Marshal]::GetActiveObject('Word.Application') # bad
[IO.File]::Replace('C:\x', 'C:\y', $null) # bad
[IO.File]::Replace('C:\x', 'C:\y', [NullString]::Value)
$value = $key.GetValue('x', $null)
$name = $certificate.PrivateKey.CspKeyContainerInfo.UniqueKeyContainerName # bad
$start = New-Object Diagnostics.ProcessStartInfo # bad
$parts = $text.Split('; ') # bad
$parts = $text.Split([char[]]'; ')
$parts = $text.Split(',')
$parts = $text.Split("`n")
$at = $text.IndexOf("`n") # bad
$at = $text.IndexOf([char]10)
$at = $text.LastIndexOf('x', [StringComparison]::Ordinal)
$code = $text.GetHashCode() # bad
function Set-Variable1([string]$Name) { [Environment]::SetEnvironmentVariable($Name, $Value, 'Machine') } # bad
function Set-Variable2([string]$Name) { if ($null -eq $Value) { $Value = [NullString]::Value }; [Environment]::SetEnvironmentVariable($Name, $Value, 'Machine') }
