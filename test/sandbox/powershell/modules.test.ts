import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerCmdlet } from '../../../src/sandbox/cmdlets/index.ts';
import { type ModelServer, serveModel } from '../../../src/sandbox/powershell/model/server.ts';
import { parametersOf } from '../../../src/sandbox/powershell/module-table.ts';
import { moduleTables, writeModules } from '../../../src/sandbox/powershell/modules.ts';
import { shell } from '../../agent/real-agent.ts';
import { aSimulatedNode, temporaryFolder } from '../stand-ins.ts';
import { asTexts, clusterCmdlets, questionOf, withClusterFaults } from './cluster-questions.ts';
import { windowsQuestions } from './windows-questions.ts';

const { folder, remove } = await temporaryFolder();
const tables = await moduleTables();
const names = [...tables.values()].flatMap(({ cmdlets }) => Object.keys(cmdlets));
let model: ModelServer;
let faulty: ModelServer;

/** What is asked of the modules, with what PowerShell shall say; an error is its kind and category. */
const questions: Readonly<Record<string, readonly [expression: string, answer: unknown]>> = {
  ...windowsQuestions,
  'an enumeration by name and number': [
    '(Get-ClusterNode S2D-2).State | ForEach-Object { $_.GetType().FullName, [int]$_, "$_" }',
    ['Microsoft.FailoverClusters.PowerShell.ClusterNodeState', 0, 'Up'],
  ],
  'several names': ['(Get-ClusterNode S2D-1, S2D-2).Name', ['S2D-1', 'S2D-2']],
  'the resources of a group that is piped': [
    '(Get-ClusterGroup SOFS1 | Get-ClusterResource).Name',
    ['SOFS1', 'Scale-Out File Server (\\\\SOFS1)'],
  ],
  'the groups of a node that is piped': ['@(Get-ClusterNode S2D-2 | Get-ClusterGroup).Count', [0]],
  'the nodes of a cluster that is piped': ['(Get-Cluster | Get-ClusterNode).Name', ['S2D-1', 'S2D-2']],
  'a name that the cluster has not': ['Get-ClusterNode none', ['ClusterObjectNotFound', 'ObjectNotFound']],
  'a parameter that the cmdlet has not': [
    'Get-ClusterNode -Nodes x',
    ['NamedParameterNotFound', 'InvalidArgument'],
  ],
  'parameters of two sets': [
    'Get-StoragePool -FriendlyName x -UniqueId y',
    ['AmbiguousParameterSet', 'InvalidArgument'],
  ],
  'what an enumeration has not': [
    'Get-PhysicalDisk -HealthStatus Fine',
    ['ParameterArgumentTransformationError', 'InvalidData'],
  ],
  'disks by their health': ['(Get-PhysicalDisk -HealthStatus Healthy).Count', [8]],
  'a size as Windows has it': ['(Get-Volume).SizeRemaining.GetType().Name', ['UInt64']],
  'type names of CIM': [
    '(Get-StoragePool).PSObject.TypeNames[0]',
    ['Microsoft.Management.Infrastructure.CimInstance#ROOT/Microsoft/Windows/Storage/MSFT_StoragePool'],
  ],
  'jobs, of which there are none': ['Get-StorageJob', []],
  'a record of the name service': ['(Resolve-DnsName localhost).IPAddress', ['127.0.0.1']],
  'a name that nobody has': [
    'Resolve-DnsName nowhere.example',
    ['DNS_ERROR_RCODE_NAME_ERROR', 'ResourceUnavailable'],
  ],
  'the address of the node': [
    '(Get-NetIPAddress -IPAddress 127.0.0.1).AddressState.ToString()',
    ['Preferred'],
  ],
  'an address that it has not': [
    'Get-NetIPAddress -IPAddress 10.9.9.9',
    ['CmdletizationQuery_NotFound', 'ObjectNotFound'],
  ],
  'a port that listens': [
    '$l = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0); $l.Start(); $p = $l.LocalEndpoint.Port; try { @(Get-NetTCPConnection -State Listen -LocalPort $p).State.ToString() } finally { $l.Stop() }',
    ['Listen'],
  ],
  'a port that nobody listens on': [
    'Get-NetTCPConnection -State Listen -LocalPort 1',
    ['CmdletizationQuery_NotFound', 'ObjectNotFound'],
  ],
  'whether a managed account is usable': ["Test-ADServiceAccount -Identity 'svc$'", [true]],
  'faults, of which there are none': ['Get-HealthFault', []],
};

/** Prints one line of JSON: the answers, and of each cmdlet its parameter sets. */
const script = `
$ErrorActionPreference = 'Stop'
$answers = [ordered]@{}
foreach ($one in (ConvertFrom-Json ([IO.File]::ReadAllText("$PSScriptRoot/questions.json")) -AsHashtable).GetEnumerator()) {
  try { $answers[$one.Key] = @(& ([scriptblock]::Create($one.Value))) }
  catch { $answers[$one.Key] = @("$($_.FullyQualifiedErrorId)".Split(',')[0], "$($_.CategoryInfo.Category)") }
}
$common = [System.Management.Automation.PSCmdlet]::CommonParameters + 'WhatIf', 'Confirm'
$sets = [ordered]@{}
foreach ($name in [IO.File]::ReadAllLines("$PSScriptRoot/names.txt")) {
  $sets[$name] = @(foreach ($set in (Get-Command $name).ParameterSets) {
    , @($set.Parameters | Where-Object { $common -notcontains $_.Name } | ForEach-Object { "$($_.Name)$(if (-not $_.IsMandatory) { '?' })" } | Sort-Object)
  })
}
ConvertTo-Json -Compress -Depth 6 @{ answers = $answers; sets = $sets }
`;

interface Answer {
  readonly answers: Readonly<Record<string, unknown>>;
  readonly sets: Readonly<Record<string, readonly (readonly string[])[]>>;
}

const here = shell;
const missing = here && !here.isWindows ? '' : ' (left out: no pwsh for Linux is on the PATH)';

describe.skipIf(missing)(`the modules of a node in a PowerShell${missing}`, () => {
  let answer: Answer;

  beforeAll(async () => {
    model = await serveModel(await aSimulatedNode(folder));
    await writeModules(join(folder, 'modules'));
    await mkdir(join(folder, 'faulty'));
    faulty = await serveModel(withClusterFaults(await aSimulatedNode(join(folder, 'faulty'))));
    const expressions = [
      ...Object.entries(questions).map(([name, [expression]]) => [name, expression]),
      ...clusterCmdlets.map((name) => [name, questionOf(name, faulty.environment)]),
    ];
    await writeFile(join(folder, 'questions.json'), JSON.stringify(Object.fromEntries(expressions)));
    await writeFile(join(folder, 'names.txt'), names.join('\n'));
    await writeFile(join(folder, 'ask.ps1'), script);
    const env = { ...process.env, ...model.environment, PSModulePath: join(folder, 'modules') };
    const args = ['-NoProfile', '-NonInteractive', '-File', join(folder, 'ask.ps1')];
    const { stdout } = await promisify(execFile)(here?.title ?? '', args, { env, maxBuffer: 1 << 26 });
    // -WhatIf writes to the console, before.
    answer = JSON.parse(stdout.slice(stdout.indexOf('{'))) as Answer;
  });
  afterAll(async () => {
    await model?.close();
    await faulty?.close();
    await remove();
  });

  it.each(Object.keys(questions))('answers: %s', (name) => {
    expect(answer.answers[name]).toEqual(questions[name]?.[1]);
  });

  it.each(clusterCmdlets)('%s answers as the stand-in does', async (name) => {
    const place = join(folder, name);
    await mkdir(place);
    const rows = await answerCmdlet(withClusterFaults(await aSimulatedNode(place)), name, {});
    const [expected, found] = asTexts(rows, answer.answers[name]);
    expect(found).toEqual(expected);
  });

  it.each(names)('%s has the parameter sets of its table', (name) => {
    const cmdlet = [...tables.values()].flatMap(({ cmdlets }) => cmdlets[name] ?? [])[0];
    if (!cmdlet) throw new TypeError('there is no such cmdlet');
    const expected = cmdlet.sets.map((_, index) =>
      [...parametersOf(cmdlet)]
        .filter(([each]) => each !== 'WhatIf' && each !== 'Confirm')
        .flatMap(([each, { sets }]) => {
          const inSet = sets.find(({ set }) => set === index + 1);
          return inSet ? [`${each}${inSet.mandatory ? '' : '?'}`] : [];
        })
        .sort(),
    );
    const plain = (sets: readonly (readonly string[])[]) =>
      sets
        .map((set) => [...set].sort().join(' '))
        .filter((set) => set !== '')
        .sort();
    expect(plain(answer.sets[name] ?? [])).toEqual(plain(expected));
  });
});
