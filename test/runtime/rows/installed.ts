import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { windowsPaths } from '../../../src/components/glance/facts/paths.ts';
import type { Rows } from '../acceptance.ts';
import type { GlanceNode } from '../node.ts';

/** Files and folders of the installation, with the time of their last change. */
function installed(node: GlanceNode): readonly (readonly [string, number])[] {
  const root = node.path(windowsPaths.install);
  const names = readdirSync(root, { recursive: true }) as string[];
  return names.map((name) => [name, statSync(join(root, name)).ctimeMs] as const);
}

/** Around the rows that use the service: `before` and `after` them. */
export function installedRows(): { readonly before: Rows; readonly after: Rows } {
  let atFirst: ReturnType<typeof installed>;
  return {
    before: (node) => {
      it('comes as a package of at most 7,100 files', () => {
        const dist = join(node().folder, 'dist');
        const about = readdirSync(dist).find((name) => /^oriel-glance-[\d.]+\.json$/.test(name)) ?? '';
        expect(JSON.parse(readFileSync(join(dist, about), 'utf8')).files).toBeLessThanOrEqual(7100);
        atFirst = installed(node());
        expect(atFirst.length).toBeGreaterThan(4000);
      });
    },
    after: (node) => {
      it('wrote nothing below Program Files', () => {
        expect(installed(node())).toEqual(atFirst);
      });
    },
  };
}
