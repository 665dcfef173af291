# The names that a file of this program may have: Windows runs what ends as PATHEXT says, and adds each of its endings to a name.
function Get-ProgramName([string]$Name) {
    if (-not (Test-Windows)) { return $Name }
    $endings = @("$env:PATHEXT".Split(';') | ForEach-Object { $_.Trim() } | Where-Object { $_ -ne '' })
    if ($endings.Count -eq 0) { $endings = @('.COM', '.EXE', '.BAT', '.CMD') }
    if ($endings -contains [IO.Path]::GetExtension($Name)) { $Name }
    foreach ($ending in $endings) { $Name + $ending }
}
