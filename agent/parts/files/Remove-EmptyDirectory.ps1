# Windows refuses to remove a directory that a process is in or looks at: a program that is about to end, a scan, an index. It waits 5 s for them.
function Remove-EmptyDirectory([string]$Path) {
    for ($try = 1; ; $try++) {
        try { [IO.Directory]::Delete($Path, $false); return } catch {
            # 32 is ERROR_SHARING_VIOLATION.
            if ($try -ge 50 -or ($_.Exception.GetBaseException().HResult -band 0xffff) -ne 32) { throw }
            Start-Sleep -Milliseconds 100
        }
    }
}
