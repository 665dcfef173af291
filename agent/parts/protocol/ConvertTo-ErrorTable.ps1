# A caught error as it is answered. Errors of .NET methods are named after the exception itself, not after the call that wrapped it.
function ConvertTo-ErrorTable($Record) {
    $exception = $Record.Exception
    $kind = "$($Record.FullyQualifiedErrorId)".Split(',')[0].Trim()
    while (($exception -is [System.Management.Automation.MethodInvocationException] -or $exception -is [AggregateException]) -and
        $null -ne $exception.InnerException) {
        $exception = $exception.InnerException
        $kind = $exception.GetType().Name
    }
    if ($kind -eq '') { $kind = $exception.GetType().Name }
    $message = $exception.Message
    if ([string]::IsNullOrEmpty($message)) { $message = $kind }
    $table = [ordered]@{ kind = $kind; category = "$($Record.CategoryInfo.Category)"; message = $message }
    if ($null -ne $Record.InvocationInfo) { $table['at'] = "$($Record.InvocationInfo.PositionMessage)" }
    $table
}
