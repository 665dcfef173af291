# The schema of the parameters of a call ('calls'), or a definition that schemas refer to ('definitions'), which stays a text until it is
# first needed: to read all of them takes longer than everything else before hello.
function Read-ProtocolSchema([string]$Kind, [string]$Name) {
    $schema = ConvertTo-Table (ConvertFrom-Json -InputObject $Protocol[$Kind][$Name])
    $Protocol[$Kind][$Name] = $schema
    $schema
}
