# Gives the program its input and closes it, from a task, as a program that does not read would hold the agent up. The stream below the
# writer is used because the writer may begin with a byte order mark.
function Send-ProcessInput($Process, $Text) {
    $stream = $Process.StandardInput.BaseStream
    if ([string]::IsNullOrEmpty($Text)) { $stream.Close(); return }
    $bytes = (New-Object Text.UTF8Encoding $false).GetBytes($Text)
    $source = New-Object IO.MemoryStream (, $bytes)
    $writer = [powershell]::Create()
    [void]$writer.AddScript({ param($Source, $Target) try { $Source.CopyTo($Target) } finally { $Target.Close() } }.ToString())
    [void]$writer.AddArgument($source).AddArgument($stream).BeginInvoke()
}
