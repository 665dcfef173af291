$Calls['Get-EventRecord'] = @{
    parameters = @{ log = 'string'; provider = 'string'; event = 'integer'; text = 'string' }
    run = {
        param($Request)
        $log = $Request['log']
        if (@('System', 'Application', 'Security') -notcontains $log) {
            throw (New-CallError 'BadParameter' "$log is no log that is read" 'InvalidArgument')
        }
        $filter = @{ LogName = $log; ProviderName = $Request['provider']; Id = [int]$Request['event']; Data = $Request['text'] }
        try { $events = @(Get-WinEvent -FilterHashtable $filter -MaxEvents 20) }
        catch {
            # To Get-WinEvent it is an error as well that there is no such event.
            return [ordered]@{ known = "$($_.FullyQualifiedErrorId)".StartsWith('NoMatchingEventsFound'); records = @() }
        }
        $records = @($events | ForEach-Object {
            $record = [ordered]@{ time = $_.TimeCreated; data = @($_.Properties | ForEach-Object { "$($_.Value)" }) }
            if ($null -ne $_.UserId) { $record['account'] = Get-AccountName $_.UserId }
            $record
        })
        [ordered]@{ known = $true; records = $records }
    }
}
