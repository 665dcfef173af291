import type { FragmentRule } from '../../../../site/grammar/rule.ts';
import { glanceOf } from './fragment.ts';

const home = ['components', 'glance', 'features'];

const apiIsThere: FragmentRule = (site) => {
  const features = glanceOf(site)?.features;
  if (!features || features.includes('api')) return [];
  return [{ path: home, message: '`features` must have `api`: the others work beside it' }];
};

const cacheIsThere: FragmentRule = (site) => {
  const glance = glanceOf(site);
  const at = glance?.features?.indexOf('cache-maintenance') ?? -1;
  if (at < 0 || glance?.options?.DEFAULT?.image_cache_dir !== undefined) return [];
  return [
    {
      path: [...home, at],
      message: 'there is no image cache to maintain',
      hint: 'set options.DEFAULT.image_cache_dir and image_cache_driver, or leave the feature out',
    },
  ];
};

export const featureRules: readonly FragmentRule[] = [apiIsThere, cacheIsThere];
