# A file to read that others may write, move or remove meanwhile, as a log or the state of a run. The reader has to dispose of it.
function Open-SharedFile([string]$Path, [int]$BufferSize = 4096) {
    $share = [IO.FileShare]::ReadWrite -bor [IO.FileShare]::Delete
    New-Object IO.FileStream $Path, ([IO.FileMode]::Open), ([IO.FileAccess]::Read), $share, $BufferSize
}
