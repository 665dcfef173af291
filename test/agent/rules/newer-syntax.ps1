using namespace System.IO # bad
class Thing { [int]$Size } # bad
enum Kind { One } # bad
Get-Item 'x' && Get-Item 'y' # bad
Get-Item 'x'; Get-Item 'y'
