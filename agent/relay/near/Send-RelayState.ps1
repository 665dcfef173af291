# Tells the controller, before anything of the agent, what became of the session.
function Send-RelayState($Output, $State) {
    $bytes = [Text.Encoding]::ASCII.GetBytes((ConvertTo-JsonText $State) + "`n")
    $Output.Write($bytes, 0, $bytes.Length)
    $Output.Flush()
}
