# The session that New-PSSession opens with the parameters in $Settings, and with the session options and the account there, if any.
function Open-RelaySession([hashtable]$Settings) {
    $parameters = $Settings['parameters']
    if ($Settings.ContainsKey('options')) {
        $parameters['SessionOption'] = Invoke-WithParameters 'New-PSSessionOption' $Settings['options']
    }
    if ($Settings.ContainsKey('credential')) {
        $password = New-Object Security.SecureString
        foreach ($character in $Settings['credential']['password'].ToCharArray()) { $password.AppendChar($character) }
        $parameters['Credential'] = New-Object System.Management.Automation.PSCredential $Settings['credential']['user'], $password
    }
    Invoke-WithParameters 'New-PSSession' $parameters
}
