$ErrorActionPreference='Stop';$ProgressPreference='SilentlyContinue'
$r=New-Object IO.StreamReader([Console]::OpenStandardInput(),(New-Object Text.UTF8Encoding $false),$false,65536)
$z=New-Object IO.Compression.GZipStream((New-Object IO.MemoryStream(,[Convert]::FromBase64String($r.ReadLine()))),[IO.Compression.CompressionMode]::Decompress)
. ([ScriptBlock]::Create((New-Object IO.StreamReader($z,[Text.Encoding]::ASCII)).ReadToEnd()))
Start-Relay $r
