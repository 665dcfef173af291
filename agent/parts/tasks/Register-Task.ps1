# Puts a task into our folder, made where it is not there. Accounts of Windows itself log on as such (5), all others by password (1); a
# managed account has none that anybody knows.
function Register-Task($Service, [string]$Name, $Definition, [string]$Sid, $Password) {
    $folder = Get-TaskFolder
    if ($null -eq $folder) { $folder = $Service.GetFolder('\').CreateFolder('oriel') }
    $logon = 1
    if (@('S-1-5-18', 'S-1-5-19', 'S-1-5-20') -contains $Sid) { $logon = 5 }
    # 6: made or replaced.
    [void]$folder.RegisterTaskDefinition($Name, $Definition, 6, (ConvertTo-LocalName $Sid), $Password, $logon)
}
