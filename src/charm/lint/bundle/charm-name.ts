import { existsSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import {
  entryOf,
  isEmpty,
  nodeAt,
  textOf,
  type YamlEntry,
  type YamlMap,
  type YamlNode,
} from '../../yaml/node.ts';
import type { Report } from '../finding.ts';
import type { BundleDocument } from './model.ts';
import { charmUrl } from './values.ts';

/** Whether a charm is a file and no name of the store. */
export function isLocal(charm: string): boolean {
  return charm.startsWith('.') || isAbsolute(charm);
}

/** The charm of an application: a file that is there, or a name of the store. */
export function checkCharm(
  { folder }: BundleDocument,
  entry: YamlEntry,
  value: YamlMap,
  report: Report,
): void {
  const node = nodeAt(value, 'charm');
  const text = textOf(node);
  if (!node || !text) {
    if (!node || isEmpty(node) || text === '')
      report(
        'charm-missing',
        node ?? entry,
        `application \`${entry.key}\` has no charm`,
        'Add `charm: ch:NAME`.',
      );
    return;
  }
  if (isLocal(text)) {
    if (!existsSync(isAbsolute(text) ? text : join(folder, text)))
      report('charm-path', node, `there is no charm ${text}`, 'The path is relative to this file.');
    return;
  }
  const url = charmUrl(text);
  if (!url)
    report(
      'charm-url',
      node,
      `\`${text}\` is not a charm of a store`,
      'Write `ch:NAME`, or a path that begins with `./`.',
    );
  else if (url.scheme === 'cs')
    report('charm-url', node, 'the store `cs:` is gone', `Write \`ch:${url.name}\`.`);
  else if (url.scheme !== 'local') checkStoreCharm(value, node, text, url, report);
}

function checkStoreCharm(
  value: YamlMap,
  node: YamlNode,
  text: string,
  url: NonNullable<ReturnType<typeof charmUrl>>,
  report: Report,
): void {
  const [channel, revision] = [entryOf(value, 'channel'), entryOf(value, 'revision')];
  if (url.revision !== undefined)
    report(
      'charm-revision',
      node,
      `\`${text}\` has a revision in its name`,
      `Write \`charm: ch:${url.name}\`, \`revision: ${url.revision}\` and a channel.`,
    );
  else if (revision && !channel)
    report('charm-channel', revision, 'a revision needs a channel', 'Add `channel: latest/stable`.');
  else if (url.scheme === '')
    report(
      'charm-scheme',
      node,
      `\`${text}\` has no scheme: it deploys once, and the same bundle fails the second time`,
      `Write \`ch:${text}\`.`,
      'warning',
    );
}
