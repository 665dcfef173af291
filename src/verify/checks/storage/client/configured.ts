import { isIP } from 'node:net';
import { CheckError } from '../../../../errors.ts';
import { sameHost, uncOf } from '../../../../site/grammar/share-node.ts';
import { type Answers, cmdlet, type Questions, type StorageCheck, type Subject } from '../model/check.ts';
import { failIf, judged } from '../model/outcomes.ts';
import { flagOf, rowsIfAny, same, tableOf, textOf } from '../model/read.ts';

const apply = 'oriel apply writes the folder that the site names';
const client = { sides: ['client'], per: 'share' } as const;

/** Asks for the configuration that names the folder. */
function askConfiguration({ use }: Subject): Questions {
  return use ? { configuration: { call: 'Get-FileContent', path: use.configuration.path } } : {};
}

/** Options of a section of an INI file, as oslo.config reads them: `$$` is a dollar sign. */
export function sectionOf(text: string, section: string): Readonly<Record<string, string>> {
  const options: Record<string, string> = {};
  let inside = false;
  for (const line of text.split(/\r?\n/)) {
    const head = /^\[(.+)\]\s*$/.exec(line);
    if (head) inside = head[1] === section;
    const [, name = '', value = ''] = /^([A-Za-z][\w.-]*)\s*[=:]\s*(.*?)\s*$/.exec(line) ?? [];
    if (inside && name !== '') options[name] = value.replaceAll('$$', '$');
  }
  return options;
}

/** What the configuration on the node says of the store. Throws CheckError where there is none. */
export function configuredStore(answers: Answers, { use }: Subject): Readonly<Record<string, string>> {
  const file = tableOf(answers, 'configuration');
  if (!flagOf(file, 'exists'))
    throw new CheckError(answers.node, 'configuration', `there is no ${use?.configuration.path}`, apply);
  const text = Buffer.from(textOf(file, 'content'), 'base64').toString('utf8');
  return sectionOf(text, use?.configuration.section ?? '');
}

/** The folder that a store names. Throws CheckError where it names none. */
export function configuredFolder(answers: Answers, subject: Subject): string {
  const { path = '', section = '', option = '' } = subject.use?.configuration ?? {};
  const folder = configuredStore(answers, subject)[option];
  if (folder) return folder;
  throw new CheckError(answers.node, option, `[${section}] in ${path} names no folder`, apply);
}

/** The form of the path: one that lasts, and that every process of the node knows. */
export const pathForm: StorageCheck = {
  ...client,
  id: 'STO-02',
  title: 'look at the path that the service opens',
  why: 'A mapped drive is of one logon, an address has no Kerberos, and the name of one node goes away with it.',
  remedy: 'set storage.shares.NAME.path to \\\\FILE-SERVER\\SHARE, then oriel apply',
  optional: ['members'],
  ask: (subject) => ({ ...askConfiguration(subject), members: cmdlet('Get-ClusterNode', ['Name']) }),
  verdict(answers, subject) {
    const folder = configuredFolder(answers, subject);
    const { server } = uncOf(folder);
    const clustered = subject.share.kind === 'sofs' || subject.share.scope !== undefined;
    const members = rowsIfAny(answers, 'members').map((row) => textOf(row, 'Name'));
    const machines = [...members, ...subject.nodes.flatMap(({ name, address }) => [name, address])];
    const isMachine = server !== undefined && machines.some((name) => sameHost(name, server));
    const local = /^[a-z]:\\ClusterStorage\\[^\\]/i.test(folder);
    const { pathLength } = subject.limits;
    return judged(
      [
        failIf(
          server === undefined && !local,
          `${folder} is neither a UNC path nor on a cluster shared volume`,
        ),
        failIf(
          server !== undefined && isIP(server) !== 0,
          `${folder} names an address: no Kerberos, no failover`,
        ),
        failIf(
          server !== undefined && isIP(server) === 0 && isMachine && clustered,
          `${folder} names one node: the share is gone when that node is`,
        ),
        failIf(folder.includes('#'), `${folder} has a #, at which the service cuts its paths`),
        failIf(
          folder.length >= pathLength,
          `${folder} has ${folder.length} characters, and ${pathLength} are too many`,
        ),
      ],
      folder,
      { folder },
    );
  },
};

/** The same folder, in the same words, on every node. */
export const samePath: StorageCheck = {
  ...client,
  id: 'STO-03',
  title: 'compare the folder of the service with the site',
  why: 'The path is kept with every image: what one node wrote under another spelling no other node finds.',
  remedy: apply,
  ask: askConfiguration,
  verdict(answers, subject) {
    const folder = configuredFolder(answers, subject);
    const plural = configuredStore(answers, subject).filesystem_store_datadirs;
    return judged(
      [
        failIf(folder !== subject.share.path, `it has ${folder}, and the site ${subject.share.path}`, apply),
        failIf(
          plural !== undefined,
          'filesystem_store_datadirs is set, which Windows cannot use',
          'take it out of options',
        ),
      ],
      same(folder, subject.share.path) ? `${folder}, as the site says` : folder,
      { folder },
    );
  },
};
