# Juju starts this for every hook and action, in the folder of the charm. It makes node.exe available, in whatever hook comes first, and
# starts the program. Without node.exe it says so in the status and succeeds: a failed hook would be retried for ever.
$ErrorActionPreference = 'Stop'
$Node = [System.IO.Path]::Combine($PSScriptRoot, '.node', 'node.exe')

function Test-Node([string]$Path) {
    if (-not (Test-Path -LiteralPath $Path)) { return $false }
    $version = & $Path --version
    return ($LASTEXITCODE -eq 0) -and ($version -match '^v(\d+)\.') -and ([int]$Matches[1] -ge 20)
}

function Copy-Node([string]$Source) {
    $new = "$Node.new.exe"
    $null = [System.IO.Directory]::CreateDirectory([System.IO.Path]::GetDirectoryName($Node))
    [System.IO.File]::Copy($Source, $new, $true)
    if (-not (Test-Node $new)) { [System.IO.File]::Delete($new); return $false }
    [System.IO.File]::Delete($Node)
    [System.IO.File]::Move($new, $Node)
    return $true
}

# From the resource; a small file is the placeholder that stands for one that is not supplied.
function Get-NodeFromResource {
    $file = & resource-get.exe node-runtime
    if (($LASTEXITCODE -ne 0) -or (-not $file) -or (-not (Test-Path -LiteralPath $file))) { return $false }
    $item = Get-Item -LiteralPath $file
    if ($item.Length -lt 1000000) { return $false }
    if ((Test-Path -LiteralPath $Node) -and ((Get-Item -LiteralPath $Node).Length -eq $item.Length)) { return $true }
    return Copy-Node $file
}

function Get-Sha256([string]$Path) {
    $hash = New-Object System.Security.Cryptography.SHA256CryptoServiceProvider
    $stream = [System.IO.File]::OpenRead($Path)
    try { return [System.BitConverter]::ToString($hash.ComputeHash($stream)).Replace('-', '') } finally { $stream.Close() }
}

# From node-url, where node-sha256 says what has to come.
function Get-NodeFromUrl {
    $url = & config-get.exe node-url
    $sum = & config-get.exe node-sha256
    if ((-not $url) -or (-not $sum)) { return $false }
    $file = [System.IO.Path]::Combine($PSScriptRoot, '.node.download.exe')
    try {
        [System.Net.ServicePointManager]::SecurityProtocol = [System.Net.SecurityProtocolType]::Tls12
        (New-Object System.Net.WebClient).DownloadFile($url, $file)
        if ((Get-Sha256 $file) -ne $sum) { return $false }
        return Copy-Node $file
    } catch {
        & juju-log.exe --log-level WARNING -- "node-url: $($_.Exception.Message)"
        return $false
    } finally {
        [System.IO.File]::Delete($file)
    }
}

$asked = @('hooks/install', 'hooks/upgrade-charm', 'hooks/config-changed') -contains $env:JUJU_DISPATCH_PATH
if ($asked -or (-not (Test-Node $Node))) {
    if (-not ((Get-NodeFromResource) -or (Test-Node $Node) -or (Get-NodeFromUrl))) {
        $application = "$env:JUJU_UNIT_NAME".Split('/')[0]
        $message = "Node.js 20 is missing: juju attach-resource $application node-runtime=node.exe"
        if ($env:JUJU_ACTION_NAME) { & action-fail.exe -- $message } else { & status-set.exe blocked -- $message }
        exit 0
    }
}
& $Node ([System.IO.Path]::Combine($PSScriptRoot, 'oriel', 'oriel.cjs')) charm hook
exit $LASTEXITCODE
