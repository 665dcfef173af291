# Starts what Invoke-Process asks for, with pipes for all three streams: a child must never hold those of the agent.
function Start-Program([hashtable]$Request) {
    $start = New-Object Diagnostics.ProcessStartInfo
    $start.FileName = Resolve-Program $Request['file']
    $start.Arguments = ConvertTo-CommandLine $start.FileName $Request['arguments']
    if ($null -ne $Request['directory']) { $start.WorkingDirectory = $Request['directory'] }
    if ($null -ne $Request['environment']) {
        foreach ($entry in $Request['environment'].GetEnumerator()) { $start.EnvironmentVariables["$($entry.Key)"] = "$($entry.Value)" }
    }
    $start.UseShellExecute = $false
    $start.CreateNoWindow = $true
    $start.RedirectStandardInput = $true
    $start.RedirectStandardOutput = $true
    $start.RedirectStandardError = $true
    [Diagnostics.Process]::Start($start)
}
