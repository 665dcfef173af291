# A managed account is usable where the scenario says nothing else: a row with `Result` false.
function Test-Account($Cmdlet, $Bound) {
    try { $rows = @(Invoke-SandboxModel 'Test-ADServiceAccount' @{ Identity = "$($Bound['Identity'])" }) }
    catch { $Cmdlet.WriteError($_); return }
    @($rows | Where-Object { $_['Result'] -eq $false }).Count -eq 0
}
