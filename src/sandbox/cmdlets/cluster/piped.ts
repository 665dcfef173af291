import { z } from 'zod';
import type { CmdletRow } from '../../node/backing.ts';

const piped = z.looseObject({ Name: z.string() });

/**
 * Parameters of a cmdlet of a cluster in which an object that was piped to it (`InputObject`) has become the property that it selects
 * by: a cluster all, a group its resources, a node its groups, another object itself.
 */
export function withoutPiped(parameters: CmdletRow): CmdletRow {
  const { InputObject, ...others } = parameters;
  const { data } = piped.safeParse(InputObject);
  if (!data) return parameters;
  if (data.SharedVolumesRoot !== undefined) return others;
  if (data.GroupType !== undefined) return { ...others, OwnerGroup: data.Name };
  if (data.DrainStatus !== undefined) return { ...others, OwnerNode: data.Name };
  return { ...others, Name: data.Name };
}
