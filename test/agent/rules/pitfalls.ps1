$lines = @($input) # bad
$inputs = @()
$text = ConvertTo-Json @(1) # bad
$text = ConvertTo-JsonText @(1)
Set-Content -LiteralPath 'C:\x' -Value $text # bad
Write-Host $text # bad
[IO.File]::WriteAllText('C:\x', $text)
