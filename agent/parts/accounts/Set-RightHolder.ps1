# Gives a right to exactly these SIDs, by a template for secedit that names this right alone: the others stay as they are.
function Set-RightHolder([string]$Right, [string[]]$Sids) {
    $directory = [IO.Path]::Combine([IO.Path]::GetTempPath(), [Guid]::NewGuid().ToString())
    [void][IO.Directory]::CreateDirectory($directory)
    try {
        $template = [IO.Path]::Combine($directory, 'rights.inf')
        $holders = @($Sids | ForEach-Object { "*$_" }) -join ','
        $lines = @('[Unicode]', 'Unicode=yes', '[Version]', 'signature="$CHICAGO$"', 'Revision=1', '[Privilege Rights]', "$Right = $holders")
        [IO.File]::WriteAllLines($template, $lines, [Text.Encoding]::Unicode)
        $database = [IO.Path]::Combine($directory, 'rights.sdb')
        $log = [IO.Path]::Combine($directory, 'rights.log')
        Invoke-SecurityEditor @('/configure', '/db', $database, '/cfg', $template, '/log', $log)
    } finally { [IO.Directory]::Delete($directory, $true) }
}
