# The connections of the node, which it knows itself. Wine holds sockets in its server, so no process owns them: 0.
function Get-Connection($Cmdlet, $Bound) {
    try {
        $rows = @(Get-TcpRow | Where-Object { Test-Connection $_ $Bound })
        if ($rows.Count -eq 0) {
            $words = 'No matching MSFT_NetTCPConnection objects found by CIM query for instances of the ROOT/StandardCimv2/MSFT_NetTCPConnection class'
            throw (New-SandboxError 'CmdletizationQuery_NotFound' 'ObjectNotFound' $words)
        }
        foreach ($row in $rows) { ConvertTo-SandboxObject $Table 'MSFT_NetTCPConnection' $row }
    } catch { $Cmdlet.WriteError($_) }
}

# Whether a row has what the parameters of the same name ask for.
function Test-Connection($Row, $Bound) {
    foreach ($name in @($Bound.Keys | Where-Object { $Row.Contains($_) })) {
        if (@($Bound[$name] | Where-Object { "$($Row[$name])" -like "$_" }).Count -eq 0) { return $false }
    }
    $true
}

function Get-TcpRow {
    $network = [System.Net.NetworkInformation.IPGlobalProperties]::GetIPGlobalProperties()
    foreach ($here in $network.GetActiveTcpListeners()) {
        $nobody = New-Object System.Net.IPEndPoint ([System.Net.IPAddress]::Any), 0
        New-TcpRow $here $nobody 'Listen'
    }
    # TcpState of .NET has the names of Windows, but for one.
    foreach ($one in $network.GetActiveTcpConnections()) {
        New-TcpRow $one.LocalEndPoint $one.RemoteEndPoint "$($one.State)".Replace('DeleteTcb', 'DeleteTCB')
    }
}

function New-TcpRow($Local, $Remote, [string]$State) {
    [ordered]@{
        LocalAddress = "$($Local.Address)"
        LocalPort = $Local.Port
        RemoteAddress = "$($Remote.Address)"
        RemotePort = $Remote.Port
        State = $State
        AppliedSetting = 'Internet'
        OwningProcess = 0
    }
}
