# Runs sc.exe, which sets what no cmdlet and no class of .NET does.
function Invoke-ServiceControl([string]$Name, [string[]]$Arguments) {
    $start = New-Object Diagnostics.ProcessStartInfo
    $start.FileName = [IO.Path]::Combine([Environment]::SystemDirectory, 'sc.exe')
    $start.Arguments = ConvertTo-CommandLine $start.FileName $Arguments
    $start.UseShellExecute = $false
    $start.CreateNoWindow = $true
    $start.RedirectStandardOutput = $true
    $process = [Diagnostics.Process]::Start($start)
    try {
        $said = $process.StandardOutput.ReadToEnd().Trim()
        $process.WaitForExit()
        if ($process.ExitCode -ne 0) { throw (New-CallError 'ServiceFailed' "sc.exe $($Arguments[0]) $Name failed: $said" 'InvalidResult') }
    } finally { $process.Dispose() }
}
