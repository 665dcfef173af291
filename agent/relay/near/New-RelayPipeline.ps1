# What runs in the session: the function that it has for this, or else the far end of the relay.
function New-RelayPipeline($Session, [string]$Function) {
    if ($Function -ne '') {
        $pipeline = $Session.Runspace.CreatePipeline()
        $pipeline.Commands.Add($Function)
        return $pipeline
    }
    $names = 'Invoke-AgentProcess', 'Start-AgentProcess', 'Read-AgentStream', 'Write-AgentStream'
    $functions = foreach ($name in $names) { "function $name {" + (Get-Item -LiteralPath "function:$name").Definition + '}' }
    $Session.Runspace.CreatePipeline(($functions + 'Invoke-AgentProcess $input') -join "`n")
}
