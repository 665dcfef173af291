# Whether a path is one of those that a node cannot live without, however it is written.
function Test-ProtectedPath([string]$Path) {
    $full = [IO.Path]::GetFullPath($Path).TrimEnd([IO.Path]::DirectorySeparatorChar)
    if ($full -match '^([A-Za-z]:)?\z' -or $full -match '^\\\\[^\\]+\\[^\\]+\z') { return $true }
    $folders = @('Windows', 'ProgramFiles', 'ProgramFilesX86', 'CommonApplicationData') | ForEach-Object { [Environment]::GetFolderPath($_) }
    $folders += "$env:SystemDrive\Users"
    # PowerShell compares text without regard to case.
    $folders -contains $full
}
