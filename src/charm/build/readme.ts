import type { Charm } from '../model/charm.ts';

/** The README of a charm: how it is deployed, and what it has. */
export function charmReadme(charm: Charm): string {
  const { name, title, description } = charm;
  return [
    `# ${name}`,
    `${description}\n`,
    '## Deploy',
    howToDeploy(charm),
    `\`juju status\` says what is missing. Relations that are not optional have to be there before the ${title} runs.\n`,
    '## Options',
    table(charm.options, ({ type, default: standard, description: text }) => [
      type,
      standard === undefined || standard === '' ? '' : `\`${standard}\``,
      text,
    ]),
    '## Endpoints',
    table(charm.relations, ({ role, interface: name, optional, scope }) => [
      role,
      name,
      [optional || role === 'peers' ? 'optional' : 'needed', ...(scope ? ['on the same machine'] : [])].join(
        ', ',
      ),
    ]),
    '## Actions',
    table(charm.actions, ({ description: text }) => [text]),
    '## Resources',
    table(charm.resources, ({ filename, description: text }) => [filename, text]),
  ].join('\n');
}

function howToDeploy({ flavour, name, resources }: Charm): string {
  const attached = Object.entries(resources).map(([one, { filename }]) => `--resource ${one}=./${filename}`);
  const deploy = [`juju deploy ./${name}_${flavour}.charm`, ...attached].join(' \\\n  ');
  const where =
    flavour === 'native'
      ? 'It runs on Windows machines of a Juju 2.9 model: win2012r2, win2016 and win2019.'
      : 'It runs on an Ubuntu machine of the model and manages Windows nodes from there. Juju 2.9 and later can deploy it.';
  const nodes =
    flavour === 'native' ? [] : [`juju config ${name} windows-nodes=hv-01=10.0.0.11,hv-02=10.0.0.12`];
  return `${where}\n\n\`\`\`\n${[deploy, ...nodes].join('\n')}\n\`\`\`\n`;
}

function table<Value>(
  all: { readonly [name: string]: Value },
  cells: (value: Value) => readonly string[],
): string {
  const rows = Object.entries(all).map(
    ([name, value]) => `| \`${name}\` | ${cells(value).map(cell).join(' | ')} |`,
  );
  const width = Object.values(all).slice(0, 1).flatMap(cells).length + 1;
  const [head, line] = [Array(width).fill(' '), Array(width).fill('---')].map(
    (one) => `| ${one.join(' | ')} |`,
  );
  return [head, line, ...rows, ''].join('\n');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
