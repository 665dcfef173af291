import type { Command } from 'commander';
import { loadSite } from '../../components/index.ts';
import type { Context } from '../../deploy/context.ts';
import { examineStorage } from '../../deploy/examine-storage.ts';
import { warn } from '../../deploy/warn.ts';
import { examineNode, hasSession } from '../../doctor/examine-node.ts';
import { withZones } from '../../doctor/time-zones.ts';
import { startActivity } from '../../events/activity.ts';
import { onlyNodes } from '../../plan/model/only-nodes.ts';
import { doctorJson, doctorText } from '../../report/nodes/doctor.ts';
import { firstFailure, type NodeFindings } from '../../session/examine/finding.ts';
import type { NodeSettings } from '../../site/deployment.ts';
import { each, formatted, siteArgument } from '../command-line/options.ts';
import { recordable, recording } from '../command-line/record.ts';
import type { Verb } from '../command-line/verb.ts';

interface Flags {
  readonly node?: readonly string[];
  readonly format: 'human' | 'json';
}

const help = `
Examines each layer between here and a node in turn, all nodes at once: name, route, port, greeting, TLS or host key, login, shell, PowerShell,
and on the node its clock, rights, disk and pending restarts. Nothing is changed, and a refused login is not tried again. It ends with the checks of the storage that
only look, on the nodes that were reached. docs/reference/nodes/doctor.md has the layers.
Exit code 0: no layer fails, there may be warnings; 1: one fails; 2: the site file is wrong. Checks of the storage do not count: see oriel verify.

Examples:
  oriel doctor site.yaml
  oriel doctor site.yaml --node node-1
  oriel doctor site.yaml --format json | jq '.nodes[] | select(.ok | not) | {node, first}'`;

/** `oriel doctor`: why a node cannot be reached or worked on, and what to do about it. */
export const doctor: Verb = (program, run) => {
  formatted(recordable(program.command('doctor')))
    .description('find out why a node cannot be reached or worked on, layer by layer, with the remedy')
    .addArgument(siteArgument())
    .option('-n, --node <name>', 'only this node; may be repeated', each)
    .addHelpText('after', help)
    .action((site: string, flags: Flags, command: Command) =>
      run((context) => recording(command, context, (within) => examine(site, flags, within))),
    );
};

async function examine(site: string, { node, format }: Flags, context: Context): Promise<number> {
  const deployment = onlyNodes(await loadSite(site), node);
  const { emit, print, sessions, colours = false } = context;
  warn(deployment, emit);
  const examined = async (settings: NodeSettings): Promise<NodeFindings> => {
    const activity = startActivity(emit, `${settings.name}/doctor`, settings.name, 'examining');
    return examineNode(settings, sessions ? { sessions } : {}).finally(activity.end);
  };
  const found = withZones(await Promise.all(deployment.nodes.map(examined)));
  const open = found.filter(hasSession).map(({ node }) => node);
  const storage = await examineStorage(deployment, open, context);
  print(
    format === 'json' ? doctorJson(deployment.name, found, storage) : doctorText(found, colours, storage),
  );
  return found.some((one) => firstFailure(one) !== undefined) ? 1 : 0;
}
