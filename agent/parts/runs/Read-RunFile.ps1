# A file of a run as a table, or $null while it is not there.
function Read-RunFile([string]$Directory, [string]$Name) {
    $file = [IO.Path]::Combine($Directory, $Name)
    if (-not [IO.File]::Exists($file)) { return $null }
    # It may be at the end of its move to this name.
    $reader = New-Object IO.StreamReader (Open-SharedFile $file)
    try { $text = $reader.ReadToEnd() } finally { $reader.Dispose() }
    ConvertTo-Table (ConvertFrom-Json -InputObject $text)
}
