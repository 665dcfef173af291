# Runs a program of the system folder to its end: what it said, and its exit code.
function Invoke-SystemTool([string]$Program, [string[]]$Arguments) {
    $start = New-Object Diagnostics.ProcessStartInfo
    $start.FileName = [IO.Path]::Combine([Environment]::SystemDirectory, $Program)
    $start.Arguments = ConvertTo-CommandLine $start.FileName $Arguments
    $start.UseShellExecute = $false
    $start.CreateNoWindow = $true
    $start.RedirectStandardOutput = $true
    $process = [Diagnostics.Process]::Start($start)
    try {
        $said = $process.StandardOutput.ReadToEnd().Trim()
        $process.WaitForExit()
        @{ said = $said; exitCode = $process.ExitCode }
    } finally { $process.Dispose() }
}
