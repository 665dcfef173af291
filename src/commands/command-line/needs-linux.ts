import { InputError } from '../../errors.ts';

/** Refuses a verb that makes payloads where its programs do not run: nobody has tried uv, the stripping and links of files there. Throws InputError. */
export function needsLinux(verb: string, platform: string = process.platform): void {
  if (platform !== 'win32') return;
  const hint = 'run it on Linux, WSL included, and bring `dist` to the folder of the site file';
  throw new InputError([{ message: `\`oriel ${verb}\` makes packages on Linux, and this is Windows`, hint }]);
}
