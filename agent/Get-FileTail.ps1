$Calls['Get-FileTail'] = @{
    parameters = @{ path = 'path'; lines = 'integer' }
    run = {
        param($Request)
        $path = $Request['path']
        $count = $Request['lines']
        if ($count -lt 1) { throw (New-CallError 'BadParameter' 'lines has to be at least 1' 'InvalidArgument') }
        if (-not [IO.File]::Exists($path)) { throw (New-CallError 'PathNotFound' "there is no file $path" 'ObjectNotFound') }
        $text = Read-FileEnd $path 1048576
        $lines = @([regex]::Split($text, '\r?\n'))
        if ($lines[-1] -eq '') { $lines = @($lines | Select-Object -First ($lines.Count - 1)) }
        @{ lines = @($lines | Select-Object -Last $count) }
    }
}
