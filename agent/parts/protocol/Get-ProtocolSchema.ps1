# The schema of the parameters of a call ('calls'), or a definition that schemas refer to ('definitions'). Each is a text until it is first
# asked for: to read all of them takes longer than everything else before hello.
function Get-ProtocolSchema([string]$Kind, [string]$Name) {
    $schemas = $Protocol[$Kind]
    if ($schemas[$Name] -is [string]) { $schemas[$Name] = ConvertTo-Table (ConvertFrom-Json -InputObject $schemas[$Name]) }
    $schemas[$Name]
}
