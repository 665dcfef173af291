import { isFailure } from '../../../../errors.ts';
import type { CheckContext } from '../../../check.ts';
import type { Subject } from '../model/check.ts';
import { askAndJudge } from '../run/ask.ts';
import { shareAccess } from '../shares/access.ts';
import { notShared } from '../shares/find-share.ts';
import { folderAccess } from '../shares/folder.ts';

/**
 * Whether the access lists of share and folder let all in who use them, asked of a node that has the share: then Access is denied
 * has another reason, and to change the lists does not help. Not known is no.
 */
export async function bothListsAllow(
  { use: _, ...subject }: Subject,
  context: CheckContext,
): Promise<boolean> {
  if (notShared(subject) !== undefined) return false;
  for (const node of subject.nodes.filter(({ roles }) => roles.includes('storage'))) {
    try {
      const lists = [shareAccess, folderAccess];
      const told = lists.map((list) => askAndJudge(list, { ...subject, node }, context));
      if ((await Promise.all(told)).every(({ verdict }) => verdict === 'pass')) return true;
    } catch (error) {
      if (!isFailure(error)) throw error;
    }
  }
  return false;
}
