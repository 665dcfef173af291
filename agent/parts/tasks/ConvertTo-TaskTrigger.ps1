# When a task starts, as a table; of triggers that are not for every day (type 2), or are turned off, nothing is told.
function ConvertTo-TaskTrigger($Trigger) {
    if ($Trigger.Type -ne 2 -or $Trigger.DaysInterval -ne 1 -or -not $Trigger.Enabled) { return @{} }
    $table = [ordered]@{ start = "$($Trigger.StartBoundary)" }
    if ("$($Trigger.Repetition.Interval)" -ne '') { $table['interval'] = "$($Trigger.Repetition.Interval)" }
    $table
}
