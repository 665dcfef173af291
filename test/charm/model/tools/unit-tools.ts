import {
  addressOf,
  applicationNamed,
  applicationOf,
  type Bag,
  type ModelApplication,
  unitNamed,
} from '../model.ts';
import { type HookContext, mapOf, pairsOf, type Tool, ToolRefusal } from './tool.ts';

/** Bytes (Juju: max-charm-state-size and the limits of one entry). */
const stateLimits = { key: 256, value: 64 * 1024 };

export const unitTools: Readonly<Record<string, Tool>> = {
  'config-get': (context, { words: [key] }) => {
    const { config, defaults } = applicationFor(context);
    const all = { ...defaults, ...config };
    return key === undefined ? all : (all[key] ?? null);
  },
  'is-leader': (context) => applicationFor(context).leader === context.unit,
  'leader-get': (context, { words: [key = '-'] }) => {
    assertHasLeaderSettings(context);
    const { leaderSettings } = applicationFor(context);
    return key === '-' ? leaderSettings : (leaderSettings[key] ?? null);
  },
  'leader-set': (context, { words }) => {
    assertHasLeaderSettings(context);
    const application = applicationFor(context);
    if (application.leader !== context.unit)
      throw new ToolRefusal('cannot write leadership settings: this unit is not the leader');
    Object.assign(application.leaderSettings, pairsOf(words));
  },
  'status-set': (context, { words: [status = '', ...message], options }) => {
    if (!/^(maintenance|blocked|waiting|active)$/.test(status))
      throw new ToolRefusal(
        `invalid status "${status}", expected one of [maintenance blocked waiting active]`,
        2,
      );
    const set = { status, message: message.join(' ') };
    const application = applicationFor(context);
    if (options.application === undefined) unitNamed(context.model, context.unit).status = set;
    else if (application.leader !== context.unit)
      throw new ToolRefusal('setting application status: this unit is not the leader');
    else application.status = set;
  },
  'application-version-set': (context, { words: [version = ''] }) => {
    unitNamed(context.model, context.unit).version = version;
  },
  'juju-log': (context, { words, options }) => {
    if (words.length === 0) throw new ToolRefusal('no message specified', 2);
    unitNamed(context.model, context.unit).log.push(`${options.l ?? 'INFO'} ${words.join(' ')}`);
  },
  'open-port': ({ ports }, { words: [port = ''] }) => void ports.push(port),
  'state-get': (context, { words: [key = '-'] }) => {
    const all: Bag = { ...unitNamed(context.model, context.unit).state };
    for (const [name, value] of context.state)
      if (value === undefined) delete all[name];
      else all[name] = value;
    if (key !== '-' && all[key] === undefined) throw new ToolRefusal(`"${key}" not found`);
    return key === '-' ? all : all[key];
  },
  'state-set': (context, { words, options, input }) => {
    const given = options.file === undefined ? {} : mapOf(input);
    for (const [key, value] of Object.entries({ ...given, ...pairsOf(words) })) {
      if (Buffer.byteLength(key) > stateLimits.key || Buffer.byteLength(value) > stateLimits.value)
        throw new ToolRefusal(`max allowed state size exceeded: ${key}`);
      context.state.set(key, value);
    }
  },
  'state-delete': ({ state }, { words: [key = ''] }) => void state.set(key, undefined),
  'resource-get': (context, { words: [name = ''] }) => {
    const path = applicationFor(context).resources[name];
    if (path === undefined)
      throw new ToolRefusal(`could not download resource: resource "${name}" not found`);
    return path;
  },
  'storage-list': (context) => Object.keys(unitNamed(context.model, context.unit).storage),
  'storage-get': (context, { options: { s = '' } }) => unitNamed(context.model, context.unit).storage[s],
  'network-get': ({ model, unit }, { words: [binding = ''] }) => {
    if (binding === '') throw new ToolRefusal('no arguments specified', 2);
    const address = addressOf(model, unit);
    return {
      'bind-addresses': [
        { 'interface-name': 'eth0', addresses: [{ value: address, cidr: `${model.network}.0/24` }] },
      ],
      'egress-subnets': [`${address}/32`],
      'ingress-addresses': [address],
    };
  },
  'unit-get': ({ model, unit }) => addressOf(model, unit),
  'goal-state': (context) => {
    const { units } = applicationFor(context);
    const all = [...new Set([...units, context.unit])];
    const status = (unit: string) => (units.includes(unit) ? 'active' : 'dying');
    return { units: Object.fromEntries(all.map((unit) => [unit, { status: status(unit) }])), relations: {} };
  },
  'juju-reboot': (context) => {
    if (context.moment.action) throw new ToolRefusal('juju-reboot is not supported when running an action.');
    context.rebooting = true;
  },
};

function applicationFor({ model, unit }: HookContext): ModelApplication {
  return applicationNamed(model, applicationOf(unit));
}

function assertHasLeaderSettings({ model }: HookContext): void {
  if (Number.parseInt(model.juju, 10) >= 4) throw new ToolRefusal('command not found');
}
