import { readFile } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';

/**
 * A plugin of esbuild that puts the components of folders into the registry: all that the `index.ts` of each exports. In their
 * files `import.meta.dirname` is where they stand now: a bundle has no other place, and the data of a component is beside it.
 */
export function withComponents(folders) {
  return {
    name: 'with-components',
    setup(build) {
      build.onLoad({ filter: /[\\/]src[\\/]components[\\/]added\.ts$/ }, () => ({
        contents: registryOf(folders),
        loader: 'ts',
      }));
      build.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
        if (!folders.some((folder) => path.startsWith(folder + sep))) return undefined;
        const text = await readFile(path, 'utf8');
        const contents = text.replaceAll('import.meta.dirname', JSON.stringify(dirname(path)));
        return { contents, loader: 'ts' };
      });
    },
  };
}

function registryOf(folders) {
  const imports = folders.map(
    (folder, index) => `import * as own${index} from ${JSON.stringify(join(folder, 'index.ts'))};`,
  );
  const all = folders.map((_, index) => `...Object.values(own${index})`);
  return `${imports.join('\n')}\nexport const added = [${all.join(', ')}];\n`;
}
