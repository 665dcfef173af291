$Calls['Get-FileTail'] = {
    param($Request)
    $path = $Request['path']
    if (-not [IO.File]::Exists($path)) { throw (New-CallError 'PathNotFound' "there is no file $path" 'ObjectNotFound') }
    $text = Read-FileEnd $path 1048576
    $lines = @([regex]::Split($text, '\r?\n'))
    if ($lines[-1] -eq '') { $lines = @($lines | Select-Object -First ($lines.Count - 1)) }
    @{ lines = @($lines | Select-Object -Last $Request['lines']) }
}
