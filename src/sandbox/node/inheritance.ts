export interface AccountRights {
  readonly account: string;
  /** .NET's words: `FullControl`, `Modify, Synchronize`. */
  readonly rights: string;
  readonly deny?: true;
  /** InheritanceFlags and PropagationFlags of .NET, as the agent protocol has them; without, all that is below. */
  readonly reach?: string;
}

const everything = 'ContainerInherit, ObjectInherit; None';

/** What a file or directory has of the entries of the directory that it is in (Microsoft, "ACE Inheritance Rules"). */
export function inheritedBy(above: readonly AccountRights[], isDirectory: boolean): readonly AccountRights[] {
  return above.flatMap(({ account, rights, deny, reach: given = everything }) => {
    const reach = isDirectory ? reachOfDirectory(given) : reachOfFile(given);
    if (reach === undefined) return [];
    return [{ account, rights, ...(deny && { deny }), ...(reach !== everything && { reach }) }];
  });
}

function reachOfFile(reach: string): string | undefined {
  return reach.includes('ObjectInherit') ? 'None; None' : undefined;
}

function reachOfDirectory(reach: string): string | undefined {
  const [flags = ''] = reach.split('; ');
  const once = reach.includes('NoPropagateInherit');
  if (flags.includes('ContainerInherit')) return once ? 'None; None' : `${flags}; None`;
  return flags.includes('ObjectInherit') && !once ? 'ObjectInherit; InheritOnly' : undefined;
}
