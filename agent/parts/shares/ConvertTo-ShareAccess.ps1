# The access that a request wants, as a table of rights by SID.
function ConvertTo-ShareAccess($Access) {
    $wanted = @{}
    foreach ($entry in $Access) { $wanted[(Resolve-Account $entry['account']).Value] = $entry['rights'] }
    $wanted
}
