import type { CommandOutline, OptionOutline } from '../../src/manual/outline.ts';

/** The page docs/reference/verbs.md: every command with its arguments, options and notes, as its help has them. */
export function verbReference(outlines: readonly CommandOutline[]): string {
  const [program, ...verbs] = outlines;
  const shared = program?.options.filter(({ flags }) => !flags.includes('--help')) ?? [];
  const index = program?.commands.map(
    ({ name, description }) => `| [\`${name}\`](#oriel-${name}) | ${text(description)} |`,
  );
  return [
    '# Verbs',
    '',
    'Every verb of the program with its options. `oriel VERB --help` prints the same; this page is made from it.',
    '',
    '| verb | does |',
    '| --- | --- |',
    ...(index ?? []),
    '',
    '## For every verb',
    '',
    ...optionTable(shared),
    ...verbs.flatMap(verbSection),
    '',
  ].join('\n');
}

function verbSection(outline: CommandOutline): readonly string[] {
  const { path, description, commands, options, notes } = outline;
  const own = options.filter(({ flags }) => !flags.includes('--help'));
  const inputs = outline.arguments.map((one) => `| \`${one.name}\` | ${text(one.description)} |`);
  const below = commands.map((one) => `| \`${path} ${one.name}\` | ${text(one.description)} |`);
  return [
    '',
    `${path.includes(' ') ? '###' : '##'} oriel ${path}`,
    '',
    `${text(description.charAt(0).toUpperCase() + description.slice(1)).replace(/\.$/, '')}.`,
    ...(below.length > 0 ? ['', '| command | does |', '| --- | --- |', ...below] : []),
    ...(inputs.length > 0 ? ['', '| argument | meaning |', '| --- | --- |', ...inputs] : []),
    ...(own.length > 0 ? ['', ...optionTable(own)] : []),
    ...(notes === '' ? [] : ['', '```text', notes, '```']),
  ];
}

function optionTable(options: readonly OptionOutline[]): readonly string[] {
  const rows = options.map(({ flags, value, description, choices }) => {
    const words = choices.length > 0 ? `: ${choices.map((one) => `\`${one}\``).join(', ')}` : '';
    const flag = `${flags.join(', ')}${value === undefined ? '' : ` ${value}`}`;
    return `| \`${flag}\` | ${text(description)}${words} |`;
  });
  return ['| option | meaning |', '| --- | --- |', ...rows];
}

/** Text of the help as a cell of a table. */
function text(words: string): string {
  return words.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('\n', ' ');
}
