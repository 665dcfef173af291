import type { ArgumentOutline, CommandOutline } from './outline.ts';

/** The name of its manual page: `oriel`, `oriel-msi-build`. */
export function pageName({ path }: Pick<CommandOutline, 'path'>): string {
  return ['oriel', ...path.split(' ').filter(Boolean)].join('-');
}

/** The manual page of a command in roff (man(7)), without a date: the same program makes the same bytes. */
export function manPage(outline: CommandOutline, version: string): string {
  const { path, description, commands, options, notes } = outline;
  const name = pageName(outline);
  return [
    `.TH ${name.toUpperCase().replaceAll('-', '\\-')} 1 "" "oriel ${version}" "oriel"`,
    ...section('NAME', [`${roff(name)} \\- ${roff(description)}`]),
    ...section('SYNOPSIS', [synopsis(outline)]),
    ...(commands.length > 0
      ? section(
          'COMMANDS',
          commands.flatMap((one) => ['.TP', `.B ${roff(one.name)}`, roff(one.description)]),
        )
      : []),
    ...(outline.arguments.length > 0
      ? section(
          'ARGUMENTS',
          outline.arguments.flatMap((one) => ['.TP', `.I ${roff(one.name)}`, roff(one.description)]),
        )
      : []),
    ...section(
      'OPTIONS',
      options.flatMap(({ flags, value, description: text, choices }) => [
        '.TP',
        `\\fB${flags.map(roff).join(', ')}\\fR${value === undefined ? '' : ` \\fI${roff(value)}\\fR`}`,
        roff(choices.length > 0 ? `${text}: ${choices.join(', ')}` : text),
      ]),
    ),
    ...(notes === '' ? [] : section('NOTES', ['.nf', ...notes.split('\n').map(roff), '.fi'])),
    ...(path === '' ? [] : section('SEE ALSO', ['.BR oriel (1)'])),
    '',
  ].join('\n');
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return [`.SH ${title}`, ...lines];
}

function synopsis(outline: CommandOutline): string {
  const words = ['oriel', outline.path].filter(Boolean).map(roff).join(' ');
  const below = outline.commands.length > 0 ? ' \\fICOMMAND\\fR' : '';
  return `\\fB${words}\\fR [\\fIOPTION\\fR]...${below}${outline.arguments.map(argumentText).join('')}`;
}

function argumentText({ name, required, variadic }: ArgumentOutline): string {
  const word = `\\fI${roff(name.toUpperCase())}\\fR${variadic ? '...' : ''}`;
  return required ? ` ${word}` : ` [${word}]`;
}

/** Text as roff prints it: no line of it is a request. */
function roff(text: string): string {
  return text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(/^([.'])/, '\\&$1');
}
