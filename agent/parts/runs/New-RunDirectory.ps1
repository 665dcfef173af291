# An empty directory for a run, below those that only administrators can write: others could put a program of theirs in request.json.
function New-RunDirectory([string]$Name) {
    $directory = Get-RunDirectory $Name
    $runs = [IO.Path]::GetDirectoryName($directory)
    [void][IO.Directory]::CreateDirectory($runs)
    $access = @('NT AUTHORITY\SYSTEM', 'BUILTIN\Administrators') | ForEach-Object { @{ account = $_; rights = 'FullControl' } }
    foreach ($each in @((Get-HomeDirectory), $runs)) {
        if (-not (Test-OwnAccess $each)) { Protect-Directory $each $access }
    }
    if ([IO.Directory]::Exists($directory)) { Remove-Tree $directory }
    [void][IO.Directory]::CreateDirectory($directory)
    $directory
}
