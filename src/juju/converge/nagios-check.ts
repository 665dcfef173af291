import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { listOption, relationOf, textOption } from '../gather/facts.ts';
import type { Surroundings } from '../relations/handler.ts';
import { checkName, nrpeEndpoint } from '../relations/nrpe.ts';
import { publicHost } from '../site/nodes.ts';

/** NRPE on the machine of a proxy. */
export interface Nagios {
  /** Commands that NRPE runs: /etc/nagios/nrpe.d. */
  readonly commands: string;
  /** Definitions for a Nagios outside of the model: /var/lib/nagios/export. */
  readonly exported: string;
  readonly restart: () => Promise<void>;
}

/** NRPE hands its command lines to a shell. */
const plainHost = /^[\w.:-]+$/;

/**
 * Writes the command that `nrpe-external-master` names, and its definition, as helpers of charms for Linux do; takes both away when the
 * relation is gone. A folder that is not there yet comes with NRPE: the next hook writes to it.
 */
export async function keepNagiosCheck(surroundings: Surroundings, nagios: Nagios): Promise<void> {
  const { facts, share, port } = surroundings;
  const name = checkName(facts);
  const host = publicHost(facts, share, 'internal');
  const wanted = relationOf(facts, nrpeEndpoint) !== undefined && host !== undefined && plainHost.test(host);
  const command = `command[${name}]=/usr/lib/nagios/plugins/check_http -I ${host} -p ${port} -u /healthcheck\n`;
  const file = `${name}.cfg`;
  const changed = await only(nagios.commands, (one) => one === file, wanted ? { [file]: command } : {});
  const [definition, text] = exported(surroundings, name);
  const isOurs = (one: string): boolean => one.startsWith('service__') && one.endsWith(`_${file}`);
  await only(nagios.exported, isOurs, wanted ? { [definition]: text } : {});
  if (changed) await nagios.restart();
}

function exported({ facts }: Surroundings, name: string): readonly [file: string, definition: string] {
  const { event, charm } = facts;
  const context = (textOption(facts, 'nagios_context') ?? 'juju').replace(/[^\w.-]+/g, '-');
  const host = `${context}-${event.unit.replace('/', '-')}`;
  const groups = listOption(facts, 'nagios_servicegroups');
  const lines = [
    'use active-service',
    `host_name ${host}`,
    `service_description ${host}[${charm.component}] ${charm.title}`,
    `check_command check_nrpe!${name}`,
    `servicegroups ${groups.length > 0 ? groups.join(',') : context}`,
  ];
  return [
    `service__${host}_${name}.cfg`,
    `define service {\n${lines.map((line) => `    ${line}\n`).join('')}}\n`,
  ];
}

/** Of the files that are ours, a folder has these and no other. Gives whether anything was written or removed. */
async function only(
  folder: string,
  isOurs: (name: string) => boolean,
  files: Readonly<Record<string, string>>,
): Promise<boolean> {
  const there = await readdir(folder).catch(() => undefined);
  if (!there) return false;
  const surplus = there.filter((name) => isOurs(name) && files[name] === undefined);
  for (const name of surplus) await rm(join(folder, name), { force: true });
  let changed = surplus.length > 0;
  for (const [name, text] of Object.entries(files)) {
    const before = await readFile(join(folder, name), 'utf8').catch(() => undefined);
    if (before === text) continue;
    await writeFile(join(folder, name), text, { mode: 0o644 });
    changed = true;
  }
  return changed;
}
