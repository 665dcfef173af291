# The first program of this name in the folders of PATH, or $null. Get-Command would load modules to guess what is meant, and takes brackets for a
# pattern. Folders that are not absolute are left out: what they are depends on where the agent was started.
function Find-ProgramOnPath([string]$Name) {
    $names = @(Get-ProgramName $Name)
    foreach ($entry in "$env:PATH".Split([IO.Path]::PathSeparator)) {
        $folder = $entry.Trim().Trim('"')
        if ($folder -notmatch '^([A-Za-z]:[\\/]|\\\\|/)') { continue }
        foreach ($each in $names) {
            # Put together as text: Path.Combine throws on what somebody may have written into PATH.
            $file = $folder.TrimEnd('\', '/') + [IO.Path]::DirectorySeparatorChar + $each
            if ([IO.File]::Exists($file)) { return $file }
        }
    }
}
