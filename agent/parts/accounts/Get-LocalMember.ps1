# The SIDs of the members of a group, also of those whose accounts are gone.
function Get-LocalMember($Group) {
    foreach ($member in $Group.psbase.Invoke('Members')) {
        $bytes = [byte[]](Get-ComProperty $member 'objectSid')
        (New-Object Security.Principal.SecurityIdentifier $bytes, 0).Value
    }
}
