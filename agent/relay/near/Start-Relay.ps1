# A pipe from the controller to an agent on a node, through a session of PowerShell remoting. $Reader has given this source already; its next
# line says which session to open (src/session/psremoting/parameters.ts). The answer is one line; all that follows is of the agent.
function Start-Relay($Reader) {
    $output = [Console]::OpenStandardOutput()
    try {
        $settings = ConvertTo-Table (ConvertFrom-Json $Reader.ReadLine())
        $session = Open-RelaySession $settings
    } catch {
        Send-RelayState $output ([ordered]@{ relay = 'failed'; code = (Get-TransportCode $_.Exception); message = $_.Exception.Message })
        [Environment]::Exit(255)
    }
    Send-RelayState $output @{ relay = 'open' }
    $writers = New-Object 'System.Collections.Concurrent.BlockingCollection[object]'
    $pump = [powershell]::Create()
    [void]$pump.AddScript(${function:Read-RelayInput}.ToString()).AddArgument($Reader).AddArgument($writers).AddArgument($settings['most'])
    [void]$pump.BeginInvoke()
    $code = 255
    try {
        $first = $settings['launch']
        do {
            $pipeline = New-RelayPipeline $session $settings['function']
            $pipeline.InvokeAsync()
            if ($null -ne $first) { [void]$pipeline.Input.Write($first) }
            $first = $null
            $writers.Add($pipeline.Input)
            $end = Copy-RelayOutput $pipeline $output
        } while ($end -eq 'm')
        $code = [int]$end
    } catch {
        $bytes = [Text.Encoding]::UTF8.GetBytes("the session of PowerShell broke: $($_.Exception.Message)`n")
        [Console]::OpenStandardError().Write($bytes, 0, $bytes.Length)
    }
    try { Remove-PSSession -Session $session } catch { $null = $_ }
    [Environment]::Exit($code)
}
