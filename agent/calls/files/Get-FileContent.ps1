$Calls['Get-FileContent'] = {
    param($Request)
    $path = $Request['path']
    if (-not [IO.File]::Exists($path)) { return @{ exists = $false } }
    if ((New-Object IO.FileInfo $path).Length -gt 1048576) { throw (New-CallError 'TooLarge' "$path has more than 1 MiB" 'LimitsExceeded') }
    @{ exists = $true; content = [Convert]::ToBase64String([IO.File]::ReadAllBytes($path)) }
}
