function Get-Own { 1 }
Get-Own
Get-Unheard -Name 'x' # bad
Get-SmbShare -Name 'x' -ErrorAction Stop
Get-SmbShare -Nam 'x' # bad
get-smbshare -name 'x'
Start-Sleep -Milliseconds 2
Start-Sleep -Seconds 1 -Milliseconds 2 # bad
Start-Sleep -Duration 1 # bad
Get-Process -Name 'x' -IncludeUserName # bad
& $name @parameters

function Set-Table {
    $good = @{ Name = 'x'; Path = 'y' }
    $good['ScopeName'] = 'z'
    $good["$($entry.Value)Access"] += @('a')
    New-SmbShare @good
    $wrong = @{ Name = 'x'; Path = 'y' }
    $wrong['Scope'] = 'z'
    New-SmbShare @wrong # bad
    $mistaken = [ordered]@{ Name = 'x'; Path = 'y'; CompressData = $true }
    New-SmbShare @mistaken # bad
    $open = @{ Name = 'x' }
    $open["$($entry.Value)Right"] = 'y'
    New-SmbShare @open # bad
    $hidden = ConvertFrom-Json '{}'
    New-SmbShare @hidden # bad
    Get-SmbShare @good # bad
}
