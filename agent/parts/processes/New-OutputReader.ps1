# Reads a stream without waiting for it. With an $Id its lines are also sent as progress of that request; there a character of several
# bytes may be torn at the end of a read, in the result it never is.
function New-OutputReader($Stream, $Id) {
    $buffer = New-Object byte[] 65536
    @{
        stream = $Stream
        buffer = $buffer
        task = $Stream.ReadAsync($buffer, 0, $buffer.Length)
        bytes = New-Object IO.MemoryStream
        open = $true
        id = $Id
        rest = ''
    }
}
