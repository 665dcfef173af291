Invoke-Expression "Get-Item $path" # bad
& ([ScriptBlock]::Create("Get-Item $path")) # bad
& ([ScriptBlock]::Create($StopProcessTree)) $process
Add-Type -TypeDefinition $source # bad
$text = $ExecutionContext.InvokeCommand.ExpandString($template) # bad
$run = { Get-Item -LiteralPath $path }
