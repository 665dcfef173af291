import type { SiteFragment } from '../grammar/site.ts';
import type { YamlFinding } from '../yaml/finding.ts';
import type { Located } from '../yaml/located.ts';
import { controllerPath } from '../yaml/paths.ts';
import {
  commandSource,
  type Environment,
  environmentSource,
  exposureOf,
  fileSecretSource,
  type SecretSource,
} from './secret-source.ts';

const byDefault: NonNullable<SiteFragment['secrets']> = [{ env: 'ORIEL_' }];

/** The sources under `secrets`, in their order. Relative paths and programs begin at the file that names them. */
export function secretSources(site: SiteFragment, root: Located, env: Environment): readonly SecretSource[] {
  return (site.secrets ?? byDefault).flatMap(
    ({ env: prefix, file, command }, index): readonly SecretSource[] => {
      if (prefix !== undefined) return [environmentSource(prefix, env)];
      if (file !== undefined)
        return [fileSecretSource(controllerPath(root, ['secrets', index, 'file'], file), file)];
      return command ? [commandSource(command, controllerPath(root, ['secrets', index], '.'), env)] : [];
    },
  );
}

/** Files of secrets that must not be used, because others can read them. */
export async function exposedFiles(site: SiteFragment, root: Located): Promise<readonly YamlFinding[]> {
  const found = await Promise.all(
    (site.secrets ?? byDefault).map(async ({ file }, index): Promise<readonly YamlFinding[]> => {
      if (file === undefined) return [];
      const at = ['secrets', index, 'file'];
      const path = controllerPath(root, at, file);
      const exposure = await exposureOf(path);
      if (exposure === 'others')
        return [{ path: at, message: `others can read \`${file}\``, hint: `run \`chmod 600 ${path}\`` }];
      const message = `\`${file}\` belongs to another user, who can read and change it`;
      return exposure ? [{ path: at, message, hint: `run \`chown $(id -u) ${path}\`` }] : [];
    }),
  );
  return found.flat();
}
