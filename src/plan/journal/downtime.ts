import { isDeepStrictEqual } from 'node:util';
import { byComponent, byNode } from '../../by-node.ts';
import type { Interruption, Plan, Step } from '../model/plan.ts';
import type { JournalSummary, Outage } from './summary.ts';

/** Properties of a service that change while it runs. */
const hotProperties: ReadonlySet<string> = new Set(['startMode', 'recovery']);
/** Earlier outages that an estimate is made from. */
const maxOutages = 10;

/** A plan with what a journal adds to it for people: what was changed on the nodes since, and how long services will be away. */
export function withDowntime(plan: Plan, journal: JournalSummary): Plan {
  const steps = plan.steps.map((step) => withPast(step, journal));
  const interruptions = interruptionsOf(steps, journal);
  return { ...plan, steps, ...(interruptions.length > 0 && { interruptions }) };
}

/** An earlier run brought it to exactly what is wanted, and now it differs: the site file is not the reason. */
function withPast(step: Step, { steps }: JournalSummary): Step {
  const past = steps.get(step.id);
  const changed = step.changes.some(
    ({ property, from, to }) =>
      past?.values[property] !== undefined && isDeepStrictEqual(past.values[property], to) && from !== to,
  );
  if (!past || !changed) return step;
  const { run, verb, time, who } = past;
  const modified = step.observed?.modified;
  return {
    ...step,
    since: { run, verb, time, ...(who && { who }), ...(typeof modified === 'string' && { modified }) },
  };
}

/** Node by node what each service that clients use goes through, with the median of how long that took before. */
export function interruptionsOf(
  steps: readonly Step[],
  { outages }: JournalSummary,
): readonly Interruption[] {
  return [...byNode(steps)].flatMap(([node, onNode]) => {
    const reboots = onNode.some(({ kind, action }) => kind === 'reboot' && action === 'run');
    return [...byComponent(onNode)].flatMap(([component, own]) => {
      const past = outages.filter((outage) => outage.component === component);
      return servicesOf(own).flatMap((service): Interruption[] => {
        const effect = effectOf(productOf(own), service) ?? (reboots ? 'restart' : undefined);
        if (!effect) return [];
        // How long Windows itself is away nobody knows.
        const known =
          effect === 'remove' || reboots ? [] : earlier(past, node, effect === 'start' ? 'restart' : effect);
        return [{ node, service: service.name, effect, seconds: median(known), runs: known.length }];
      });
    });
  });
}

/** The services of a component that a health check waits for; where there is no check, all of them, of a removal the first one. */
function servicesOf(own: readonly Step[]): readonly Step[] {
  const services = own.filter(({ kind }) => kind === 'service');
  const used = new Set(own.flatMap(({ kind, needs }) => (kind === 'http-health' ? needs : [])));
  const checked = services.filter(({ id }) => used.has(id));
  if (checked.length > 0) return checked;
  return services.some(({ desired }) => desired.exists === false) ? services.slice(0, 1) : services;
}

/** Of the packages of a component one that changes, if any does. */
function productOf(own: readonly Step[]): Step | undefined {
  const products = own.filter(({ kind }) => kind === 'package');
  return products.find(({ action }) => action !== 'none') ?? products[0];
}

function effectOf(product: Step | undefined, service: Step | undefined): Interruption['effect'] | undefined {
  if (product?.error) return undefined;
  if (product && product.action !== 'none') {
    if (product.action === 'remove') return 'remove';
    return product.action === 'create' ? 'install' : 'replace';
  }
  if (!service || service.action === 'none' || service.error) return undefined;
  if (service.action === 'remove') return 'remove';
  const goesOn =
    service.changes.length > 0 && service.changes.every(({ property }) => hotProperties.has(property));
  if (goesOn && !service.restarts) return undefined;
  return service.observed?.status === 'Stopped' ? 'start' : 'restart';
}

/** Outages of a component: of the node itself where there are any, else of all nodes. */
function earlier(outages: readonly Outage[], node: string, effect: string): readonly number[] {
  const same = outages.filter((outage) => outage.effect === effect);
  const own = same.filter((outage) => outage.node === node);
  return (own.length > 0 ? own : same).slice(-maxOutages).map(({ seconds }) => seconds);
}

function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? null;
}
