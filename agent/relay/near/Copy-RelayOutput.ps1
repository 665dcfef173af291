# Writes what the agent wrote to the same streams of this process, byte for byte, until the pipeline ends. Gives its last word: `m`, the agent goes
# on in another pipeline, or the exit code of the agent. Throws where there was none: the session broke.
function Copy-RelayOutput($Pipeline, $Output) {
    $bytesOf = [Text.Encoding]::GetEncoding(28591)
    $errors = [Console]::OpenStandardError()
    $last = $null
    while (-not $Pipeline.Output.EndOfPipeline) {
        [void]$Pipeline.Output.WaitHandle.WaitOne()
        foreach ($item in $Pipeline.Output.NonBlockingRead()) {
            $piece = "$item"
            $bytes = $bytesOf.GetBytes($piece.Substring(1))
            switch -CaseSensitive ($piece[0]) {
                'o' { $Output.Write($bytes, 0, $bytes.Length); $Output.Flush() }
                'e' { $errors.Write($bytes, 0, $bytes.Length); $errors.Flush() }
                'm' { $last = 'm' }
                'x' { $last = $piece.Substring(1) }
            }
        }
    }
    if ($null -ne $last) { return $last }
    $reason = $Pipeline.PipelineStateInfo.Reason
    if ($null -ne $reason) { throw $reason }
    throw 'it ended before the agent did'
}
