import type { CharmFlavour } from '../../src/charm/model/charm.ts';
import { toCharm } from '../../src/charm/model/to-charm.ts';
import {
  addApplication,
  addRelation,
  addUnit,
  aModel,
  type Model,
  type ModelUnit,
} from '../charm/model/model.ts';
import { type RunHook, type Simulation, simulate } from '../charm/model/simulate.ts';
import { clock } from '../fixtures/components/clock/index.ts';
import { randomFrom } from '../fixtures/random.ts';

export const clockApplication = 'clock-windows';

export interface ClockOptions {
  readonly flavour: CharmFlavour;
  /** The first three bytes of addresses of machines. */
  readonly network: string;
  readonly resources: Readonly<Record<string, string>>;
  /** Of the charm, over what it needs in any case. */
  readonly config?: Readonly<Record<string, string>>;
  /** Of every node, for `site-config`. */
  readonly nodes: object;
  readonly secrets?: Model['secrets'];
  readonly run: RunHook;
}

/** One unit of the charm of the clock in a model, before its first event. */
export function aClockModel(options: ClockOptions): Simulation & { readonly unit: ModelUnit } {
  const { flavour, network, resources, config, nodes, secrets = {}, run } = options;
  const juju = flavour === 'native' ? { juju: '2.9.46', longestCommand: 32_767 } : {};
  const model = aModel({ ...juju, network, secrets });
  const site = {
    ...{ release: '2024.1', rollout: { settle: '0s' }, nodes: { defaults: nodes } },
    components: { clock: { label: 'charm', interval: '1s' } },
  };
  addApplication(model, clockApplication, {
    defaults: Object.fromEntries(
      Object.entries(toCharm(clock, flavour).options).flatMap(([name, { default: value }]) =>
        value === undefined ? [] : [[name, value]],
      ),
    ),
    config: { 'uninstall-on-remove': true, 'site-config': JSON.stringify(site), ...config },
    resources,
  });
  addRelation(model, 'clock-ha', `${clockApplication}:cluster`);
  const unit = addUnit(model, clockApplication);
  const simulation = simulate(model, {
    ...{ application: clockApplication, run, others: {}, random: randomFrom(1) },
  });
  return { ...simulation, unit };
}
