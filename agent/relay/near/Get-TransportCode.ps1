# The number that WinRM gave for a session that did not open; 0: none.
function Get-TransportCode($Exception) {
    $code = 0
    for ($each = $Exception; $null -ne $each -and $code -eq 0; $each = $each.InnerException) {
        if ($each.GetType().Name -eq 'PSRemotingTransportException') { $code = $each.ErrorCode }
    }
    $code
}
