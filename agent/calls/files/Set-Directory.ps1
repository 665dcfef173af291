$Calls['Set-Directory'] = {
    param($Request)
    $path = $Request['path']
    if ([IO.File]::Exists($path)) { throw (New-CallError 'PathExists' "$path is a file" 'ResourceExists') }
    [void][IO.Directory]::CreateDirectory($path)
}
