$digest = Get-FileHash 'C:\x' # bad
$table = '{}' | ConvertFrom-Json -AsHashtable # bad
$table = '{}' | ConvertFrom-Json
$guid = [Guid]::new() # bad
$guid = New-Object Guid
$few = $table.Where({ $_ }) # bad
$few = $table | Where-Object { $_ }
if ($IsWindows) { $few } # bad
$start.ArgumentList.Add('x') # bad
