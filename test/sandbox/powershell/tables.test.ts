import { describe, expect, it } from 'vitest';
import { unverifiedCmdlets } from '../../../scripts/floor/exceptions.ts';
import { cmdletFacts } from '../../../scripts/floor/facts.ts';
import { moduleManifest, moduleSource } from '../../../src/sandbox/powershell/module-source.ts';
import { type ModuleCmdlet, parseModuleTable } from '../../../src/sandbox/powershell/module-table.ts';
import { moduleTables } from '../../../src/sandbox/powershell/modules.ts';

const facts = cmdletFacts();
const tables = [...(await moduleTables())];
const cmdlets = tables.flatMap(([module, { cmdlets }]) =>
  Object.entries(cmdlets).map(([name, cmdlet]) => ({ module, name, cmdlet })),
);

/** The sets of a cmdlet in one spelling, in any order of the sets. */
function spelled(sets: readonly Readonly<Record<string, string>>[]): readonly string[] {
  return sets
    .map((set) =>
      Object.entries(set)
        .map(([name, type]) => `${name}:${type.replace(' ', '')}`)
        .sort()
        .join(' '),
    )
    .sort();
}

const setsOf = ({ every, sets }: ModuleCmdlet) => spelled(sets.map((set) => ({ ...set, ...every })));

describe('the modules of a node', () => {
  it.each(cmdlets)(
    '$module has $name with the parameters of a Windows that has it',
    ({ module, name, cmdlet }) => {
      if (unverifiedCmdlets[name] !== undefined) {
        expect(setsOf(cmdlet)).toEqual(['']);
        return;
      }
      const known = facts.get(name);
      expect(known?.module.toLowerCase()).toBe(module.toLowerCase());
      const all = Object.values(known?.on ?? {}).flatMap((sets) => (sets ? [spelled(sets)] : []));
      expect(all).toContainEqual(setsOf(cmdlet));
    },
  );

  it('name no type that their tables lack', () => {
    const missing = cmdlets.filter(({ cmdlet }) => cmdlet.by === undefined && cmdlet.gives === undefined);
    expect(missing.map(({ name }) => name)).toEqual([]);
    for (const { module, name, cmdlet } of cmdlets) {
      const types = tables.find(([each]) => each === module)?.[1].types ?? {};
      if (cmdlet.gives !== undefined) expect(Object.keys(types), name).toContain(cmdlet.gives);
    }
  });
});

describe('a table', () => {
  const table = parseModuleTable(
    JSON.stringify({
      enumerationsOf: 'A.B',
      enumerations: { Mode: { On: 1 } },
      types: { 'A.Thing': { Mode: 'Mode' } },
      cmdlets: {
        'Set-Thing': {
          gives: 'A.Thing',
          every: { Force: 'switch?', Confirm: 'switch?', WhatIf: 'switch?' },
          sets: [{ Name: 'string[] @', Mode: 'Mode? @' }, { InputObject: 'CimInstance#Thing[]' }],
        },
      },
    }),
  );

  it('becomes functions with sets, positions and types', () => {
    const source = moduleSource(table, 'function Other { }');
    expect(source).toContain(
      "[CmdletBinding(DefaultParameterSetName = '1', SupportsShouldProcess, ConfirmImpact = 'High')]",
    );
    expect(source).toContain(
      `[Parameter(ParameterSetName = '1', Mandatory, Position = 0)][string[]]\${Name}`,
    );
    expect(source).toContain(`[Parameter(ParameterSetName = '1', Position = 1)][A.B.Mode]\${Mode}`);
    expect(source).toContain(
      `[Parameter(ParameterSetName = '2', Mandatory, ValueFromPipeline)][PSTypeName('Microsoft.Management.Infrastructure.CimInstance#Thing')][psobject[]]\${InputObject}`,
    );
    expect(source).not.toContain('{WhatIf}');
    expect(source).toContain('function Other { }\nExport-ModuleMember -Function Set-Thing\n');
    expect(moduleManifest('Things', table)).toContain("FunctionsToExport = @('Set-Thing')");
  });

  it('is refused with a type that is none, or without a set', () => {
    const refused = (cmdlet: object) => () =>
      parseModuleTable(JSON.stringify({ cmdlets: { 'Get-Thing': cmdlet } }));
    expect(refused({ sets: [{ Name: 'string! @' }] })).toThrow();
    expect(refused({ sets: [] })).toThrow();
    expect(refused({ gives: 'X', sets: [{}], other: 1 })).toThrow();
  });
});
