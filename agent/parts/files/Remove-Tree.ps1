# Removes a file or a directory with all in it. A link is removed itself, what it points to is left alone.
function Remove-Tree([string]$Path) {
    $attributes = [IO.File]::GetAttributes($Path)
    $directory = ($attributes -band [IO.FileAttributes]::Directory) -ne 0
    $link = ($attributes -band [IO.FileAttributes]::ReparsePoint) -ne 0
    if ($directory -and -not $link) {
        foreach ($entry in [IO.Directory]::GetFileSystemEntries($Path)) { Remove-Tree $entry }
    }
    if (($attributes -band [IO.FileAttributes]::ReadOnly) -ne 0) {
        [IO.File]::SetAttributes($Path, ($attributes -bxor [IO.FileAttributes]::ReadOnly))
    }
    if ($directory) { Remove-EmptyDirectory $Path } else { [IO.File]::Delete($Path) }
}
