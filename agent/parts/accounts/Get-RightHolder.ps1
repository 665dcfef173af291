# The SIDs of those who have a right by the local security policy. secedit writes `SeServiceLogonRight = *S-1-5-80-0,name` and leaves out
# rights that nobody has.
function Get-RightHolder([string]$Right) {
    $file = [IO.Path]::GetTempFileName()
    try {
        Invoke-SecurityEditor @('/export', '/cfg', $file)
        $lines = [IO.File]::ReadAllLines($file)
    } finally { [IO.File]::Delete($file) }
    foreach ($line in $lines) {
        $name, $list = $line.Split([char[]]'=', 2)
        if ($name.Trim() -ne $Right) { continue }
        foreach ($entry in $list.Split(',')) {
            $text = $entry.Trim().TrimStart('*')
            # A name that nobody has any longer stands there as it was.
            if ($text -ne '') { try { (Resolve-Account $text).Value } catch { $null = $_ } }
        }
    }
}
