# The response that came with an exception, or $null; PowerShell may have wrapped the exception.
function Get-WebResponse($Exception) {
    while ($null -ne $Exception) {
        if ($Exception -is [Net.WebException] -and $null -ne $Exception.Response) { return $Exception.Response }
        $Exception = $Exception.InnerException
    }
}
