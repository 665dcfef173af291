import type { GlanceSettings } from '../../site/deployment.ts';

/** Settings of a site, with what a glance-api.conf says in place of what is looked at on a node: workers, address and port. */
export function liveSettings(glance: GlanceSettings, conf: string): GlanceSettings {
  // oriel has written it: a setting is on one line, and the first of its name is that of [DEFAULT].
  const said = (name: string): string | undefined => new RegExp(`^${name} = (\\S+)`, 'm').exec(conf)?.[1];
  const { host, port } = glance.bind;
  return {
    ...glance,
    workers: Number(said('workers') ?? glance.workers),
    bind: { ...glance.bind, host: said('bind_host') ?? host, port: Number(said('bind_port') ?? port) },
  };
}
