import { entryOf, isEmpty, itemsOf, kindOf, nodeAt, textOf, type YamlNode } from '../../yaml/node.ts';
import type { Report } from '../finding.ts';
import type { CharmSubject } from './subject.ts';

const architectures = ['amd64', 'arm64', 'armhf', 'i386', 'ppc64el', 'riscv64', 's390x', 'all', 'unknown'];
const risks = ['stable', 'candidate', 'beta', 'edge'];

/** manifest.yaml. */
export function checkManifest(subject: CharmSubject): void {
  const document = subject.document('manifest.yaml');
  if (!document) return;
  const { root, report } = document;
  const bases = entryOf(root, 'bases');
  if (!bases || itemsOf(bases.value).length === 0) {
    report(
      'manifest-bases',
      bases,
      'it has no bases',
      'Add `bases: [{name: ubuntu, channel: "24.04", architectures: [amd64]}]`.',
    );
    return;
  }
  for (const base of itemsOf(bases.value)) checkBase(report, base);
  const series = entryOf(subject.document('metadata.yaml')?.root, 'series');
  if (series)
    subject.about('metadata.yaml')(
      'manifest-series',
      series,
      '`series` makes Juju ignore the bases of manifest.yaml',
      'Delete `series`; Juju 4 refuses it.',
      'warning',
    );
}

function checkBase(report: Report, base: YamlNode): void {
  const name = textOf(nodeAt(base, 'name'));
  if (name !== 'ubuntu')
    report(
      'manifest-base',
      nodeAt(base, 'name') ?? base,
      `the base \`${name ?? ''}\` is none that Juju 3 and 4 deploy`,
      'Write `name: ubuntu`; charms for Windows have series instead, and Juju 2.9.',
    );
  const channel = nodeAt(base, 'channel');
  if (!channel || isEmpty(channel))
    report('manifest-channel', base, 'a base has no channel', 'Add `channel: "24.04"`.');
  else if (textOf(channel) === undefined)
    report(
      'manifest-channel',
      channel,
      `the channel is ${kindOf(channel)}, and Juju takes only text`,
      `Write it in quotes: "${channel.kind === 'scalar' ? channel.text : ''}".`,
    );
  else checkChannel(report, channel, textOf(channel) ?? '');
  for (const node of itemsOf(nodeAt(base, 'architectures')))
    if (!architectures.includes(textOf(node) ?? ''))
      report(
        'manifest-architecture',
        node,
        `Juju has no architecture \`${textOf(node)}\``,
        `Use one of ${architectures.slice(0, 7).join(', ')}.`,
      );
}

function checkChannel(report: Report, node: YamlNode, text: string): void {
  const [, risk = 'stable', ...more] = text.split('/');
  if (!risks.includes(risk) || more.length > 1)
    report(
      'manifest-channel',
      node,
      `\`${text}\` is not a channel`,
      `Write TRACK/RISK, the risk one of ${risks.join(', ')}.`,
    );
}
