# Where a detached process has its files.
function Get-RunDirectory([string]$Name) {
    [IO.Path]::Combine((Get-HomeDirectory), 'runs', $Name)
}
