# Windows Management starts the process, so it is no child of the agent, is in no job of the SSH server and has none of their handles. It gets
# a constant command line; what to run is in the directory.
function Start-DetachedRun([string]$Directory) {
    $source = ${function:Invoke-DetachedRun}.ToString()
    $encoded = [Convert]::ToBase64String([Text.Encoding]::Unicode.GetBytes($source))
    $shell = [IO.Path]::Combine($PSHOME, 'powershell.exe')
    if (-not [IO.File]::Exists($shell)) { $shell = [IO.Path]::Combine($PSHOME, 'pwsh.exe') }
    $created = Invoke-CimMethod -ClassName Win32_Process -MethodName Create -Arguments @{
        CommandLine = '"{0}" -NoLogo -NoProfile -NonInteractive -EncodedCommand {1}' -f $shell, $encoded
        CurrentDirectory = $Directory
    }
    if ($created.ReturnValue -ne 0) {
        throw (New-CallError 'StartFailed' "Win32_Process.Create answered $($created.ReturnValue)" 'OpenError')
    }
}
