# What a task does, as a table; of actions that are no program (type 0) nothing is told.
function ConvertTo-TaskAction($Action) {
    if ($Action.Type -ne 0) { return @{} }
    [ordered]@{ program = "$($Action.Path)"; arguments = "$($Action.Arguments)" }
}
