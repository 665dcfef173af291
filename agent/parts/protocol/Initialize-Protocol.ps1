# Takes the schemas that the source of the agent brings (Get-ProtocolText, made from agent/protocol.schema.json where it is packed).
function Initialize-Protocol {
    $texts = Get-ProtocolText
    $Protocol['calls'] = $texts['calls']
    $Protocol['definitions'] = $texts['definitions']
    # Tests run the agent on PowerShell for Linux too.
    if (-not (Test-Windows)) { $Protocol['definitions']['path'] = @{ type = 'string'; pattern = '^/'; title = 'absolute path' } }
    $Protocol['calls']['bye'] = @{ additionalProperties = $false }
    $Calls['bye'] = { $null }
}
