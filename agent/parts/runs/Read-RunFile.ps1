# A file of a run as a table, or $null while it is not there.
function Read-RunFile([string]$Directory, [string]$Name) {
    $file = [IO.Path]::Combine($Directory, $Name)
    if (-not [IO.File]::Exists($file)) { return $null }
    ConvertTo-Table (ConvertFrom-Json -InputObject ([IO.File]::ReadAllText($file)))
}
