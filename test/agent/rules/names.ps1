function Get-Thing { Get-Item -LiteralPath 'C:\' }
function Fetch-Thing { 1 } # bad
function thing { 1 } # bad
Get-ChildItem -LiteralPath 'C:\' | Where-Object { $_.Name }
ls 'C:\' # bad
Get-ChildItem | % { $_ } # bad
msiexec /i x.msi # bad
$Calls['Get-Thing'] = { 1 }
$Calls['Fetch-Thing'] = { 1 } # bad
