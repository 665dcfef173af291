import { expect, it } from 'vitest';
import { needsLinux } from '../../src/commands/command-line/needs-linux.ts';
import { InputError } from '../../src/errors.ts';

it('a package is not made on Windows, and it is said where', () => {
  expect(() => needsLinux('build', 'win32')).toThrow(InputError);
  expect(() => needsLinux('build', 'win32')).toThrow(
    /`oriel build` makes packages on Linux, and this is Windows/,
  );
  expect(() => needsLinux('build', 'linux')).not.toThrow();
});
