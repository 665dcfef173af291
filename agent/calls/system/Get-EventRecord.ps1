$Calls['Get-EventRecord'] = {
    param($Request)
    $filter = @{ LogName = $Request['log']; ProviderName = $Request['provider']; Id = [int]$Request['event']; Data = $Request['text'] }
    try { $events = @(Find-EventRecord $filter) }
    catch {
        # It is an error as well that there is no such event.
        return [ordered]@{ known = "$($_.FullyQualifiedErrorId)".StartsWith('NoMatchingEventsFound'); records = @() }
    }
    $records = @($events | ForEach-Object {
        $record = [ordered]@{ time = $_.TimeCreated; data = @($_.Properties | ForEach-Object { "$($_.Value)" }) }
        if ($null -ne $_.UserId) { $record['account'] = Get-AccountName $_.UserId }
        $record
    })
    [ordered]@{ known = $true; records = $records }
}
