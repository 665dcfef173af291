# The newest 20 events that a filter of Get-WinEvent names. None is an error: NoMatchingEventsFound.
function Find-EventRecord([hashtable]$Filter) { Get-WinEvent -FilterHashtable $Filter -MaxEvents 20 }
