# absent, file or directory. A link is what it points to, a broken one is absent.
function Get-PathKind([string]$Path) {
    if ([IO.File]::Exists($Path)) { return 'file' }
    if ([IO.Directory]::Exists($Path)) { return 'directory' }
    'absent'
}
