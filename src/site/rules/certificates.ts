import type { FragmentRule } from '../grammar/rule.ts';
import type { YamlFinding } from '../yaml/finding.ts';

/** A PFX is opened by its password, and only a PFX has a private key. */
const passwordFitsFile: FragmentRule = ({ nodes }) =>
  Object.entries(nodes ?? {}).flatMap(([node, settings]) =>
    Object.entries(settings?.certificates ?? {}).flatMap(([name, one]): readonly YamlFinding[] => {
      const { file = '', password, readers } = one ?? {};
      const at = ['nodes', node, 'certificates', name];
      if (password === undefined && /\.(pfx|p12)$/i.test(file)) {
        const hint = 'password: { secret: NAME }';
        return [{ path: [...at, 'file'], message: 'a PFX is opened by its password', hint }];
      }
      if (password !== undefined || readers === undefined) return [];
      const message = 'a certificate alone has no private key that anybody could read';
      const hint = 'leave this key out, or name a PFX and its password';
      return [{ path: [...at, 'readers'], on: 'key', message, hint }];
    }),
  );

export const certificateRules: readonly FragmentRule[] = [passwordFitsFile];
