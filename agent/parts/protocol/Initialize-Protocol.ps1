# Reads the schema that the source of the agent brings (Get-ProtocolText, made from agent/protocol.schema.json where it is packed).
function Initialize-Protocol {
    $schema = ConvertTo-Table (ConvertFrom-Json -InputObject (Get-ProtocolText))
    $Protocol['calls'] = $schema['calls']
    $Protocol['definitions'] = $schema['definitions']
    # Tests run the agent on PowerShell for Linux too.
    if (-not (Test-Windows)) { $Protocol['definitions']['path']['pattern'] = '^/' }
    $Protocol['calls']['bye'] = @{ additionalProperties = $false }
    $Calls['bye'] = { $null }
}
