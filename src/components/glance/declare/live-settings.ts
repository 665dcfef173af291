import type { RenderedFile } from '../../../render/rendered.ts';
import { reveal } from '../../../secret.ts';
import type { Deployment } from '../../../site/deployment.ts';
import { type GlanceSettings, settingsOf, withSettings } from '../site/settings.ts';

/** The deployment as kept files of a node say that it was served; its database is left as it is. */
export function keptDeployment(deployment: Deployment, files: readonly RenderedFile[]): Deployment {
  const conf = files.find(({ name }) => name === 'glance-api.conf')?.content ?? '';
  const glance = liveSettings(settingsOf(deployment), reveal(conf));
  return withSettings(deployment, { ...glance, database: { ...glance.database, sync: false } });
}

/** Settings of a site, with what a glance-api.conf says in place of what is looked at on a node: workers, address and port. */
export function liveSettings(glance: GlanceSettings, conf: string): GlanceSettings {
  // oriel has written it: a setting is on one line, and the first of its name is that of [DEFAULT].
  const settingOf = (name: string): string | undefined =>
    new RegExp(`^${name} = (\\S+)`, 'm').exec(conf)?.[1];
  const { host, port } = glance.bind;
  return {
    ...glance,
    workers: Number(settingOf('workers') ?? glance.workers),
    bind: {
      ...glance.bind,
      host: settingOf('bind_host') ?? host,
      port: Number(settingOf('bind_port') ?? port),
    },
  };
}
