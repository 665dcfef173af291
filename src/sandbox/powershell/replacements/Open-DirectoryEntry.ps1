# Wine has no ADSI: an object with the members of a group's DirectoryEntry that the agent uses, over the groups that the sandbox keeps.
class SandboxMember { [byte[]]$objectSid }
class SandboxGroup {
    [string]$Name
    [object] Invoke([string]$Method) {
        return @($this.Members() | ForEach-Object {
            $sid = Resolve-Account $_
            $bytes = New-Object byte[] $sid.BinaryLength
            $sid.GetBinaryForm($bytes, 0)
            [SandboxMember]@{ objectSid = $bytes }
        })
    }
    [object] Invoke([string]$Method, [object]$Argument) {
        $account = Get-AccountName (New-Object Security.Principal.SecurityIdentifier ("$Argument" -replace '^WinNT://'))
        $members = @($this.Members() | Where-Object { $_ -ne $account })
        if ($Method -eq 'Add') { $members += $account }
        Invoke-SandboxModel 'Set-SandboxGroup' @{ Name = $this.Name; Members = $members }
        return $null
    }
    hidden [object] Members() { return @((Invoke-SandboxModel 'Get-SandboxGroup' @{ Name = $this.Name })['Members']) }
}

# The path is `WinNT://COMPUTER/NAME,group`.
function Open-DirectoryEntry([string]$Path) {
    $name = $Path.Split('/')[-1] -replace ',group$'
    if ($null -eq (Invoke-SandboxModel 'Get-SandboxGroup' @{ Name = $name })) { return $null }
    [SandboxGroup]@{ Name = $name }
}
