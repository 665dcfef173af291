# Wine writes down no event when the start mode of a service changes: the sandbox keeps the one of Windows. The mode itself is set as ever.
${function:Set-WineStartMode} = ${function:Set-StartMode}

function Set-StartMode([string]$Name, [string]$Type) {
    $before = (Get-ServiceTable $Name)['startMode']
    Set-WineStartMode $Name $Type
    $after = (Get-ServiceTable $Name)['startMode']
    $noted = @{ LogName = 'System'; ProviderName = 'Service Control Manager'; Id = 7040; Data = @($Name, $before, $after, $Name) }
    if ($after -ne $before) { Invoke-SandboxModel 'Add-SandboxEvent' $noted }
}
