# The program of a process of its own, which Start-DetachedProcess starts in the directory of the run and which outlives the agent. It reads
# request.json there, starts the program, says so in running.json, waits, and leaves the exit code in exit.json. No function of the agent is there.
function Invoke-DetachedRun {
    param()
    $ErrorActionPreference = 'Stop'
    $directory = [Environment]::CurrentDirectory
    $write = {
        param($Name, $Text)
        [IO.File]::WriteAllText("$directory\$Name.part", $Text)
        [IO.File]::Move("$directory\$Name.part", "$directory\$Name")
    }
    $exitCode = -1
    try {
        $request = [IO.File]::ReadAllText("$directory\request.json") | ConvertFrom-Json
        $start = New-Object Diagnostics.ProcessStartInfo $request.program, $request.arguments
        $start.UseShellExecute = $false
        $start.CreateNoWindow = $true
        # Windows removes no directory that a process is in: this one lives a moment longer than exit.json takes to be read, and the
        # program may leave others behind, which are where it was.
        [Environment]::CurrentDirectory = [Environment]::SystemDirectory
        $process = [Diagnostics.Process]::Start($start)
        $own = [Diagnostics.Process]::GetCurrentProcess()
        & $write 'running.json' ('{{"pid":{0},"since":{1},"watcher":{2},"watcherSince":{3}}}' -f
            $process.Id, $process.StartTime.ToFileTimeUtc(), $own.Id, $own.StartTime.ToFileTimeUtc())
        $process.WaitForExit()
        $exitCode = $process.ExitCode
    } finally {
        & $write 'exit.json' ('{{"exitCode":{0},"ended":{1}}}' -f $exitCode, [DateTime]::UtcNow.ToFileTimeUtc())
    }
}
