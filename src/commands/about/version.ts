import { programVersion } from '../../data-files.ts';
import { json } from '../../report/json.ts';
import { formatted } from '../command-line/options.ts';
import type { Verb } from '../command-line/verb.ts';

/** `oriel version`: what runs here, for reports of errors and for scripts. */
export const version: Verb = (program, run) => {
  formatted(program.command('version'))
    .description('show the version of oriel, and what it runs on')
    .addHelpText('after', "\nExample:\n  oriel version --json | jq -r '.oriel'")
    .action(({ format }: { readonly format: 'human' | 'json' }) =>
      run(async ({ print }) => {
        const { platform, arch, version: node } = process;
        const oriel = programVersion();
        print(
          format === 'json'
            ? json({ oriel, node, platform, arch }, 2)
            : `oriel ${oriel}, Node ${node}, ${platform} ${arch}`,
        );
        return 0;
      }),
    );
};
