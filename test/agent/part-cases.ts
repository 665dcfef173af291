/** A script that uses parts of the agent, and what it gives, or the error that it ends with. */
export interface PartCase {
  readonly name: string;
  readonly script: string;
  readonly gives?: readonly unknown[];
  readonly fails?: RegExp;
}

/** A function that stands for one that cannot be made to fail here. */
const tool = (exitCode: number): string =>
  `function Invoke-SystemTool { @{ said = 'no'; exitCode = ${exitCode} } }`;
const someService = "function Get-ServiceTable { @{ startMode = 'Manual'; exitCode = 3 } }";
const account = (code: number): string => `${someService}
  function Get-CimInstance { @{ Name = 'Spooler' } }
  function Invoke-CimMethod { @{ ReturnValue = ${code} } }
  & $Calls['Set-ServiceAccount'] @{ name = 'Spooler'; account = 'EXAMPLE\\a' }`;
/** A service as .NET has it, in one state until it is refreshed to the next ones. */
const service = (...states: readonly string[]): string => `${someService}
  function Start-Sleep { }
  $queue = New-Object System.Collections.Queue
  foreach ($state in @(${states.map((state) => `'${state}'`).join(', ')})) { $queue.Enqueue($state) }
  $service = New-Object psobject -Property @{ ServiceName = 'Spooler'; Status = $queue.Dequeue(); asked = '' }
  Add-Member -InputObject $service ScriptMethod Refresh { if ($queue.Count -gt 0) { $this.Status = $queue.Dequeue() } }
  foreach ($verb in 'Start', 'Stop', 'Continue') {
    Add-Member -InputObject $service ScriptMethod $verb ([ScriptBlock]::Create("\`$this.asked += '$verb '"))
  }
  function Get-Service { $service }`;
const setState = (status: string, timeout = 60): string =>
  `(& $Calls['Set-ServiceState'] @{ name = 'Spooler'; status = '${status}'; timeout = ${timeout} })['status']; $service.asked`;

/** A directory that its own process is in until it waits. */
const directory = `$path = [IO.Path]::Combine([IO.Path]::GetTempPath(), [Guid]::NewGuid())
  [void][IO.Directory]::CreateDirectory($path); [Environment]::CurrentDirectory = $path
  function Start-Sleep { [Environment]::CurrentDirectory = [IO.Path]::GetTempPath() }`;

export const partCases: readonly PartCase[] = [
  {
    name: 'a directory is removed when the process that was in it has left',
    script: `${directory}; Remove-EmptyDirectory $path; [IO.Directory]::Exists($path)`,
    gives: [false],
  },
  {
    name: 'a directory that has something in it is not waited for',
    script: `${directory}; Start-Sleep; function Start-Sleep { throw 'waits' }
      [IO.File]::WriteAllText([IO.Path]::Combine($path, 'one'), ''); Remove-EmptyDirectory $path`,
    fails: /^(?!.*waits).*not empty/i,
  },
  {
    name: 'secedit.exe that fails is told with its words',
    script: `${tool(1)}; Invoke-SecurityEditor @('/export')`,
    fails: /^PolicyFailed: secedit.exe \/export ended with exit code 1: no/,
  },
  { name: 'secedit.exe may warn', script: `${tool(3)}; Invoke-SecurityEditor @('/export')`, gives: [] },
  {
    name: 'sc.exe that fails is told with its words',
    script: `${tool(5)}; Invoke-ServiceControl 'Spooler' @('config')`,
    fails: /^ServiceFailed: sc.exe config Spooler failed: no/,
  },
  {
    name: 'shutdown.exe that fails is told with its words',
    script: `${tool(5)}; & $Calls['Restart-Node'] @{}`,
    fails: /^RestartFailed: shutdown.exe ended with 5: no/,
  },
  {
    name: 'a restart that is under way is one',
    script: `${tool(1190)}; & $Calls['Restart-Node'] @{}`,
    gives: [],
  },
  {
    name: 'a service that may not have an account says why',
    script: account(15),
    fails: /^ServiceFailed: Spooler does not get the account EXAMPLE\\a: it may not log on as a service/,
  },
  { name: 'or with which code', script: account(9), fails: /^ServiceFailed: .*: code 9/ },
  {
    name: 'a start mode that did not come is told with the reason',
    script: `${someService}; function Set-StartMode { 'access is denied' }
      & $Calls['Set-ServiceStartMode'] @{ name = 'Spooler'; startMode = 'Disabled' }`,
    fails:
      /^ServiceFailed: the start mode of Spooler is Manual, not Disabled: Set-Service reported access is denied/,
  },
  {
    name: 'a start mode that came in spite of an error is one',
    script: `${someService}; function Set-StartMode { 'Invalid level' }
      & $Calls['Set-ServiceStartMode'] @{ name = 'Spooler'; startMode = 'Manual' }`,
    gives: [],
  },
  {
    name: 'a service is waited for on its way',
    script: `${service('Stopped', 'StartPending', 'StartPending', 'Running')}; ${setState('Running')}`,
    gives: ['Running', 'Start '],
  },
  {
    name: 'a paused service goes on',
    script: `${service('Paused', 'Running')}; ${setState('Running')}`,
    gives: ['Running', 'Continue '],
  },
  {
    name: 'a service that says Running for a while is asked to stop once',
    script: `${service('Running', 'Running', 'StopPending', 'Stopped')}; ${setState('Stopped')}`,
    gives: ['Stopped', 'Stop '],
  },
  {
    name: 'a service that was started and rests again has failed',
    script: `${service('Stopped', 'Stopped')}; ${setState('Running')}`,
    fails: /^ServiceFailed: Spooler was started and is Stopped, exit code 3/,
  },
  {
    name: 'a service that does not come is given up',
    script: `${service('StartPending')}; ${setState('Running', -1)}`,
    fails: /^ServiceFailed: Spooler is still StartPending after -1 s/,
  },
  {
    name: 'a service that cannot be asked says why',
    script: `${service('Stopped')}
      Add-Member -InputObject $service ScriptMethod Start { throw 'marked for deletion' } -Force
      ${setState('Running')}`,
    fails: /^ServiceFailed: Spooler cannot be brought to Running: .*marked for deletion/,
  },
  {
    name: 'Win32_Process.Create that fails is told with its code',
    script: "function Invoke-CimMethod { @{ ReturnValue = 8 } }; Start-DetachedRun 'C:\\x'",
    fails: /^StartFailed: Win32_Process.Create answered 8/,
  },
  {
    name: 'a read-only file is removed with its directory',
    script: `$top = [IO.Path]::Combine([IO.Path]::GetTempPath(), [Guid]::NewGuid().ToString())
      [void][IO.Directory]::CreateDirectory($top)
      $file = [IO.Path]::Combine($top, 'file')
      [IO.File]::WriteAllText($file, 'x')
      [IO.File]::SetAttributes($file, [IO.FileAttributes]::ReadOnly)
      Remove-Tree $top
      [IO.Directory]::Exists($top)`,
    gives: [false],
  },
  {
    name: 'msiexec gets properties in the only form that it reads',
    script: `ConvertTo-CommandLine 'msiexec.exe' @('/i', 'a b.msi', 'DIR=C:\\a b', 'WORDS=say "x"')
      ConvertTo-CommandLine 'other.exe' @('', 'DIR=C:\\a b\\', 'a"b')`,
    gives: ['/i "a b.msi" DIR="C:\\a b" WORDS="say ""x"""', '"" "DIR=C:\\a b\\\\" "a\\"b"'],
  },
  {
    name: 'a schema of a type that nobody knows is a mistake of ours',
    script: "Get-ValueProblem 1 @{ type = 'odd' }",
    fails: /^UnknownType: no parameter can be of type odd/,
  },
  {
    name: 'a number is none that is text',
    script: "Get-ValueProblem '1' @{ type = 'number' }",
    gives: ['is not a number'],
  },
  {
    name: 'text is read by its mark, else as UTF-8, else by the code page',
    script: `ConvertFrom-TextBytes @(0xFE, 0xFF, 0, 0x61, 0, 0xFC)
      ConvertFrom-TextBytes @(0xFF, 0xFE, 0x61, 0, 0xFC, 0)
      ConvertFrom-TextBytes @(0xEF, 0xBB, 0xBF, 0x61)
      (ConvertFrom-TextBytes @(0x61, 0xFF, 0x62)).Length`,
    gives: ['a\u00fc', 'a\u00fc', 'a', 3],
  },
  {
    name: 'numbers, enumerations and objects become JSON, and what is too deep becomes text',
    script: `ConvertTo-JsonText 0.5
      ConvertTo-JsonText ([double]::NaN)
      ConvertTo-JsonText ([DayOfWeek]::Monday)
      ConvertTo-JsonText (New-Object TimeSpan 1, 2, 3)
      ConvertTo-JsonText (New-Object psobject -Property @{ a = @(1) })
      ConvertTo-JsonText (New-Object Version 1, 2)
      ConvertTo-JsonText @(Write-Output 'wrapped')
      ConvertTo-JsonText ([psobject][IO.FileMode]::Open)
      (ConvertTo-JsonText @(, @(, @(1))) 1).StartsWith('[')`,
    gives: ['0.5', 'null', '"Monday"', '"01:02:03"', '{"a":[1]}', '"1.2"', '["wrapped"]', '"Open"', true],
  },
  {
    name: 'a long base64 stays what it is, wherever it stands',
    script: `$long = 'Ab+/' * 1024 + 'QQ=='
      function Read-Line($Json) { ConvertFrom-RequestLine ($Json.Replace('LONG', $long)) }
      (Read-Line '{"id":1,"content":"LONG"}')['content'] -ceq $long
      (Read-Line '{"id":1,"content":"x","table":{"content":"LONG"}}')['content']
      (Read-Line '{"id":1,"table":{"content":"LONG"}}')['table']['content'] -ceq $long
      (Read-Line '{"id":1,"path":"\\"content\\":\\"LONG","content":"LONG"}')['path'].EndsWith($long)
      $null -eq (Read-Line '{"content":"LONG"}')
      $null -eq (Read-Line '{"id":1,"content":"LONG"')`,
    gives: [true, 'x', true, true, true, true],
  },
];
