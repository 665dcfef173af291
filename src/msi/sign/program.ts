import { BuildError } from '../../errors.ts';
import { run } from '../../process.ts';

export const program = 'osslsigncode';

/** Version of the program that signs, as it says it. Throws BuildError where there is none. */
export async function signingProgram(): Promise<string> {
  const { exitCode, stdout } = await run(program, ['--version'], { accept: [0, 1, 255, 127] });
  const [version] = /^osslsigncode [\d.]+/m.exec(stdout) ?? [];
  if (exitCode === 127 || version === undefined)
    throw new BuildError(`${program} cannot be run`, `install it (Debian: apt-get install ${program})`);
  return version;
}
