# Gives Administrators all that is below a directory, with no access but what it inherits. A directory that an administrator cut off
# from its parent stays as it is, with what is in it.
function Reset-Access([string]$Directory) {
    foreach ($path in [IO.Directory]::GetFileSystemEntries($Directory)) {
        $isDirectory = [IO.Directory]::Exists($path)
        $security = New-Object Security.AccessControl.FileSecurity
        if ($isDirectory) {
            if (Test-OwnAccess $path) { continue }
            $security = New-Object Security.AccessControl.DirectorySecurity
        }
        # Naming the parts leaves group and audit rules out. The list of access is empty, not absent: absent would be access for all.
        $security.SetSecurityDescriptorSddlForm('O:BAD:', 'Owner, Access')
        Set-ItemSecurity $path $security
        if ($isDirectory) { Reset-Access $path }
    }
}
