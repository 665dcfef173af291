import { type ModuleCmdlet, type ModuleParameter, type ModuleTable, parametersOf } from './module-table.ts';

/** Types of parameters that PowerShell knows by these names in any case. */
const known = new Set(
  [
    'string bool char byte sbyte int int16 int32 int64 long double float uint16 uint32 uint64',
    'datetime timespan guid uri version xml hashtable switch object psobject scriptblock pscredential securestring cimsession ipaddress',
  ].flatMap((names) => names.split(' ')),
);
const others: Readonly<Record<string, string>> = {
  boolean: 'bool',
  switchparameter: 'switch',
  idictionary: 'System.Collections.IDictionary',
  wildcardpattern: 'System.Management.Automation.WildcardPattern',
  cimclass: 'Microsoft.Management.Infrastructure.CimClass',
};

/**
 * The source of a module for PowerShell 7: a function for each cmdlet of the table, with its parameters and sets, which asks the model
 * of the sandbox or the function of `code` that the table names.
 */
export function moduleSource(table: ModuleTable, code: string): string {
  const functions = Object.entries(table.cmdlets).map(([name, cmdlet]) =>
    functionSource(table, name, cmdlet),
  );
  const aliases = Object.entries(table.aliases).map(([alias, name]) => `Set-Alias ${alias} ${name}`);
  const exported = [
    ...[`Export-ModuleMember -Function ${Object.keys(table.cmdlets).join(', ')}`],
    ...(aliases.length > 0 ? [` -Alias ${Object.keys(table.aliases).join(', ')}`] : []),
  ].join('');
  return [
    'Import-Module OrielSandbox',
    `$Table = ${literal(runtimeTable(table))}`,
    'Add-SandboxEnumeration $Table',
    ...functions,
    ...(code ? [code.trimEnd()] : []),
    ...aliases,
    exported,
    '',
  ].join('\n');
}

/** The manifest beside it: PowerShell finds a cmdlet by it without running the module. */
export function moduleManifest(name: string, { cmdlets, aliases }: ModuleTable): string {
  return `@{
RootModule = '${name}.psm1'
ModuleVersion = '1.0.0.0'
Author = 'oriel'
FunctionsToExport = ${literal(Object.keys(cmdlets))}
CmdletsToExport = @()
AliasesToExport = ${literal(Object.keys(aliases))}
}
`;
}

function runtimeTable({
  namespace = '',
  enumerationsOf = '',
  enumerations,
  flags,
  types,
  cmdlets,
}: ModuleTable) {
  const gives = Object.fromEntries(
    Object.entries(cmdlets).map(([name, { gives: type = '' }]) => [name, type]),
  );
  return { namespace, enumerationsOf, enumerations, flags, types, gives };
}

function functionSource(table: ModuleTable, name: string, cmdlet: ModuleCmdlet): string {
  const parameters = parametersOf(cmdlet);
  const binding = [
    "DefaultParameterSetName = '1'",
    ...(parameters.has('Confirm') ? ['SupportsShouldProcess'] : []),
    // What takes -Force asks without it.
    ...(parameters.has('Confirm') && parameters.has('Force') ? ["ConfirmImpact = 'High'"] : []),
  ].join(', ');
  const lines = [...parameters]
    .filter(([each]) => each !== 'WhatIf' && each !== 'Confirm')
    .map(([each, parameter]) => `    ${parameterSource(table, each, parameter)}`);
  const work = cmdlet.by
    ? `${cmdlet.by} $PSCmdlet $PSBoundParameters`
    : `Invoke-SandboxCmdlet $Table '${name}' $PSCmdlet $PSBoundParameters`;
  return `function ${name} {
    [CmdletBinding(${binding})]
    param(
${lines.join(',\n')}
    )
    process { ${work} }
}`;
}

function parameterSource(table: ModuleTable, name: string, { type, sets }: ModuleParameter): string {
  // Objects that a cmdlet of ours gave: they come through the pipeline, and are known by their type names.
  const instance = /^ciminstance(#\w+)?(\[\])?$/i.exec(type);
  const attributes = sets.map(({ set, mandatory, position }) => {
    const words = [
      `ParameterSetName = '${set}'`,
      ...(mandatory ? ['Mandatory'] : []),
      ...(position === undefined ? [] : [`Position = ${position}`]),
      ...(instance || name === 'InputObject' ? ['ValueFromPipeline'] : []),
    ];
    return `[Parameter(${words.join(', ')})]`;
  });
  const of = instance
    ? [`[PSTypeName('Microsoft.Management.Infrastructure.CimInstance${instance[1] ?? ''}')]`]
    : [];
  return `${[...attributes, ...of].join('')}[${resolved(table, type)}]\${${name}}`;
}

/** A type as PowerShell finds it: of objects that we make ourselves `psobject`. */
function resolved({ enumerations, enumerationsOf, parameterTypes }: ModuleTable, type: string): string {
  const [, name = '', list = ''] = /^(.*?)(\[\])?$/.exec(type) ?? [];
  if (name in enumerations) return `${enumerationsOf}.${name}${list}`;
  const lower = name.toLowerCase();
  const full = parameterTypes[name] ?? (known.has(lower) ? lower : others[lower]) ?? 'psobject';
  return `${full}${list}`;
}

/** Plain data as a literal of PowerShell. */
function literal(value: unknown): string {
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return `@(${value.map(literal).join(', ')})`;
  if (typeof value === 'object' && value !== null)
    return `@{${Object.entries(value)
      .map(([key, each]) => `${literal(key)} = ${literal(each)}`)
      .join('; ')}}`;
  return `'${String(value).replaceAll("'", "''")}'`;
}
