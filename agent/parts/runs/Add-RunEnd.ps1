function Add-RunEnd($Run, [string]$Directory) {
    $end = Read-RunFile $Directory 'exit.json'
    $Run['state'] = 'exited'
    $Run['exitCode'] = $end['exitCode']
    $Run['ended'] = [DateTime]::FromFileTimeUtc($end['ended'])
    $Run
}
