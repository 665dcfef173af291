# One result of a cmdlet, with its parameters by name. Throws the error of the cmdlet itself, without what wraps it.
function Invoke-WithParameters([string]$Name, [hashtable]$Parameters) {
    $cmdlet = [powershell]::Create('CurrentRunspace').AddCommand($Name).AddParameters($Parameters).AddParameter('ErrorAction', 'Stop')
    try { $cmdlet.Invoke()[0] } catch {
        $failure = $_.Exception.InnerException
        if ($null -ne $failure.ErrorRecord) { $failure = $failure.ErrorRecord.Exception }
        throw $failure
    }
}
