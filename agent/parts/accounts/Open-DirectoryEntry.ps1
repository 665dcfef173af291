# What ADSI has by a path, or $null.
function Open-DirectoryEntry([string]$Path) {
    $entry = New-Object DirectoryServices.DirectoryEntry $Path
    try { [void]$entry.psbase.NativeObject } catch [Runtime.InteropServices.COMException] { return $null }
    $entry
}
