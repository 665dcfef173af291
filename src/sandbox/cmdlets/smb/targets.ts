import { z } from 'zod';
import { AgentFailure } from '../../agent/failure/agent-failure.ts';
import type { StandIn } from '../../node/backing.ts';
import { notFound, texts } from '../cmdlet/cmdlet.ts';
import { isLike, isLiteral } from '../cmdlet/rows.ts';
import { keyOf, type Share, sharesOf } from './shares.ts';

const object = z.object({ Name: z.string(), ScopeName: z.string() });

/** The parameters by which the cmdlets name shares: names, or the objects that Get-SmbShare gave. */
export const targetParameters = {
  Name: texts.optional(),
  ScopeName: texts.optional(),
  SmbInstance: z.string().optional(),
  InputObject: z.union([object, z.array(object)]).optional(),
  Force: z.boolean().optional(),
};

interface Targets {
  readonly Name?: readonly string[] | undefined;
  readonly ScopeName?: readonly string[] | undefined;
  readonly InputObject?: z.infer<typeof targetParameters.InputObject>;
}

/** The shares that the parameters name. A name without wildcards that is not there is `ObjectNotFound`. */
export function targetsOf(node: StandIn, cmdlet: string, targets: Targets): readonly Share[] {
  const shares = sharesOf(node);
  if (targets.InputObject !== undefined)
    return [targets.InputObject].flat().flatMap((wanted) => {
      const found = shares.filter((share) => {
        const { name, scope } = keyOf(share);
        return same(name, wanted.Name) && same(scope, wanted.ScopeName);
      });
      if (found.length === 0)
        throw new AgentFailure('Windows System Error 2310', 'This shared resource does not exist.');
      return found;
    });
  const { Name = ['*'], ScopeName = ['*'] } = targets;
  return Name.flatMap((name) => {
    const found = shares.filter((share) => {
      const key = keyOf(share);
      return isLike(key.name, name) && ScopeName.some((scope) => isLike(key.scope, scope));
    });
    if (found.length === 0 && isLiteral(name)) throw notFound(cmdlet, name);
    return found;
  });
}

function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
