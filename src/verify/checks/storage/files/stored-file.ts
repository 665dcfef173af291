import type { Deployment, Share } from '../../../../site/deployment.ts';
import { type CheckContext, type CheckOutcome, fail, skip } from '../../../check.ts';
import type { Answers, Questions, StorageCheck, Subject } from '../model/check.ts';
import { failIf, judged } from '../model/outcomes.ts';
import { numberOf, tableOf, textOf } from '../model/read.ts';
import { askAndJudge } from '../run/ask.ts';
import { aboutShare } from '../run/servers.ts';
import { askShares, findShare, unknownFolder } from '../shares/find-share.ts';

/** A file that should be in the folder of a share, and where to look. */
export interface StoredFile {
  readonly deployment: Deployment;
  readonly share: Share;
  /** A node that has the share. */
  readonly node: string;
  readonly file: { readonly name: string; readonly bytes: number; readonly sha256: string };
}

/** Asks a node that has a share for a file of its folder, and compares size and hash. Throws SessionError, CheckError. */
export function compareStored(stored: StoredFile, context: CheckContext): Promise<CheckOutcome> {
  const { deployment, share, node: name, file } = stored;
  const node = deployment.nodes.find((each) => each.name === name);
  if (!node) return Promise.resolve(skip(`the site has no node ${name}`));
  const subject: Subject = { ...aboutShare(share, deployment, []), node };
  return askAndJudge(lookFor(file), subject, context);
}

function lookFor(file: StoredFile['file']): StorageCheck {
  return {
    ...{ id: 'stored', title: '', why: '', remedy: '', sides: ['server'], per: 'share', fresh: true },
    ask: ({ share }) =>
      share.kind === 'csv' ? askFile(share.path, file.name) : { shares: askShares('Path') },
    askMore: (answers, subject) =>
      subject.share.kind === 'csv' ? {} : askBehind(answers, subject, file.name),
    verdict(answers, subject) {
      if (!answers.of.file) {
        const found = findShare(answers, subject);
        if (!('row' in found)) return unknownFolder(found.outcome);
      }
      return compared(answers, file);
    },
  };
}

function askBehind(answers: Answers, subject: Subject, name: string): Questions {
  const found = findShare(answers, subject);
  if (!('row' in found)) return {};
  const [, , , , ...below] = subject.share.path.split('\\');
  return askFile([textOf(found.row, 'Path'), ...below].join('\\'), name);
}

function askFile(folder: string, name: string): Questions {
  return { file: { call: 'Get-FileState', path: `${folder}\\${name}` } };
}

function compared(answers: Answers, { name, bytes, sha256 }: StoredFile['file']): CheckOutcome {
  const found = tableOf(answers, 'file');
  if (textOf(found, 'kind') !== 'file') return fail(`the share has no file ${name}`);
  const length = numberOf(found, 'length');
  const seen = textOf(found, 'sha256');
  return judged(
    [
      failIf(length !== bytes, `the file has ${length} bytes, sent were ${bytes}`),
      failIf(seen !== sha256, 'the file has other data than was sent'),
    ],
    `the file has the ${bytes} bytes that were sent`,
    { file: name, bytes: length, sha256: seen },
  );
}
