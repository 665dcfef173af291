import type { AgentCall } from '../../../../session/session.ts';
import type { Share } from '../../../../site/deployment.ts';
import { uncOf } from '../../../../site/grammar/share-node.ts';
import { type CheckOutcome, fail, skip } from '../../../check.ts';
import { type Answers, cmdlet, type Subject } from '../model/check.ts';
import { quoted } from '../model/quoted.ts';
import { type Row, rowsOf, same, textOf } from '../model/read.ts';

/** All shares of a node, so that a share of that name on another scope is seen too. */
export function askShares(...select: readonly string[]): AgentCall {
  return cmdlet('Get-SmbShare', ['Name', 'ScopeName', ...select]);
}

/** `\\sofs1.example.org\images\data` is `images` of the file server `sofs1`, unless the site names its scope; `*` is the node itself. */
export function identityOf({ path, kind, scope }: Share): { readonly name: string; readonly scope: string } {
  const { server = '', share = '' } = uncOf(path);
  return { name: share, scope: scope ?? (kind === 'sofs' ? (server.split('.')[0] ?? '') : '*') };
}

/** The arguments that name a share in a command, beside its quoted name: `-Name images -ScopeName SOFS1`. */
export function argumentsOf(share: Share): string {
  const { name, scope } = identityOf(share);
  return `-Name ${quoted(name)}${scope === '*' ? '' : ` -ScopeName ${quoted(scope)}`}`;
}

/** Why there is no share to ask for. */
export function notShared({ share }: Subject): string | undefined {
  return share.kind === 'csv'
    ? 'the nodes open the folder of the volume themselves, without a share'
    : undefined;
}

/** The row of the share of the site by name and scope, which only together name one; else what to say in its place. */
export function findShare(
  answers: Answers,
  { share, scopes }: Subject,
): { readonly row: Row } | { readonly outcome: CheckOutcome } {
  const { name, scope } = identityOf(share);
  const rows = rowsOf(answers, 'shares');
  const row = rows.find((each) => same(textOf(each, 'Name'), name) && same(textOf(each, 'ScopeName'), scope));
  if (row) return { row };
  const found = rows.map((each) => textOf(each, 'ScopeName'));
  const foreign = !found.some((one) => same(one, scope)) && found.some((one) => isOther(one, scope, scopes));
  if (foreign)
    return {
      outcome: skip(
        `${answers.node} has no file server ${scope}: name a node of its cluster with the role storage`,
      ),
    };
  const twin = rows.find((each) => same(textOf(each, 'Name'), name));
  const message = `there is no share ${name} of ${scope === '*' ? 'the node itself' : scope}`;
  if (twin)
    return {
      outcome: fail(
        `${message}; one of that name belongs to ${textOf(twin, 'ScopeName')}`,
        `open it by the name that it belongs to, or move it: New-SmbShare ${argumentsOf(share)}`,
      ),
    };
  return { outcome: fail(message) };
}

/** Another scope that the site names: this node has a file server of the site, and not the one that is looked for. */
function isOther(found: string, scope: string, scopes: readonly string[]): boolean {
  return found !== '*' && !same(found, scope) && scopes.some((one) => same(one, found));
}

/** A share that is not found is what STO-21 tells; here its folder is only not known. */
export function unknownFolder({ message }: CheckOutcome): CheckOutcome {
  return skip(`the folder of the share is not known, which STO-21 tells: ${message}`);
}
