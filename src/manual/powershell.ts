import type { CommandOutline } from './outline.ts';

/** A completion script for PowerShell 5.1 and later: dot-source it in your profile. */
export function powershellCompletion(outlines: readonly CommandOutline[]): string {
  const tables = outlines.map(({ path, commands, options }) => {
    const words = [
      ...commands.map(({ name, description }) => [name, description]),
      ...options.flatMap(({ flags, description }) => flags.map((flag) => [flag, description])),
    ];
    const entries = words.map(([word = '', text = '']) => `${quoted(word)} = ${quoted(text || word)}`);
    return `  ${quoted(path)} = [ordered]@{ ${entries.join('; ')} }`;
  });
  const choices = outlines.flatMap(({ path, options }) =>
    options.flatMap(({ flags, choices: words }) =>
      words.length > 0
        ? flags.map((flag) => `  ${quoted(`${path}|${flag}`)} = @(${words.map(quoted).join(', ')})`)
        : [],
    ),
  );
  return `# PowerShell completion of oriel, made by: oriel completion powershell
$OrielWords = New-Object 'Collections.Hashtable' ([StringComparer]::Ordinal)
foreach ($pair in @{
${tables.join('\n')}
}.GetEnumerator()) { $OrielWords[$pair.Key] = $pair.Value }
$OrielChoices = New-Object 'Collections.Hashtable' ([StringComparer]::Ordinal)
foreach ($pair in @{
${distinct(choices).join('\n')}
}.GetEnumerator()) { $OrielChoices[$pair.Key] = $pair.Value }
Register-ArgumentCompleter -Native -CommandName oriel -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $path = ''
  $before = @($commandAst.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object { $_.ToString() })
  foreach ($word in ($before | Select-Object -Skip 1)) {
    $longer = ($path + ' ' + $word).Trim()
    if ($OrielWords.ContainsKey($longer)) { $path = $longer }
  }
  $choices = $OrielChoices[$path + '|' + $before[-1]]
  $words = if ($choices) { $choices } else { $OrielWords[$path].Keys }
  foreach ($word in $words) {
    if (-not $word.StartsWith($wordToComplete)) { continue }
    $text = if ($choices) { $word } else { $OrielWords[$path][$word] }
    [Management.Automation.CompletionResult]::new($word, $word, 'ParameterValue', $text)
  }
}
`;
}

/** Keys of a hashtable literal know no capitals: of \`-o\` and \`-O\` there is one. */
function distinct(lines: readonly string[]): readonly string[] {
  const seen = new Map(lines.map((line) => [line.split(' = ')[0]?.toLowerCase(), line]));
  return [...seen.values()];
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''").replace(/[^\x20-\x7e]/g, '?')}'`;
}
