# Wine has no event logs: the sandbox keeps a few events.
function Find-EventRecord([hashtable]$Filter) {
    $found = @(Invoke-SandboxModel 'Get-SandboxEvent' $Filter)
    if ($found.Count -eq 0) {
        $message = 'No events were found that match the specified selection criteria.'
        throw (New-CallError 'NoMatchingEventsFound' $message 'ObjectNotFound')
    }
    foreach ($row in $found) {
        [pscustomobject]@{
            TimeCreated = [DateTime]::Parse($row['Time'], [Globalization.CultureInfo]::InvariantCulture, 'AdjustToUniversal')
            UserId = Resolve-Account $row['Account']
            Properties = @($row['Data'] | ForEach-Object { [pscustomobject]@{ Value = $_ } })
        }
    }
}
