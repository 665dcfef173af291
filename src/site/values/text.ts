import { z } from 'zod';
import { marks, type PathMark } from './marks.ts';
import { durationPattern, maxDurationSeconds, percentPattern, secondsOf, sizePattern } from './units.ts';

/** The words of a refusal follow the key's name; a second line is the hint (see src/site/load/issues.ts). */
export function words(message: string, hint?: string): { error: string } {
  return { error: hint ? `${message}\n${hint}` : message };
}

export const namePattern = /^[a-z][a-z0-9_-]{0,39}$/;
const nameWords = words(
  'must be a name: a small letter, then small letters, digits, `-` and `_`, 40 at most',
);
export const name = z.string().regex(namePattern, nameWords);

/** A map from names to `value`. */
export function namedMap<Value extends z.ZodType>(value: Value) {
  return z.record(z.string().regex(namePattern, nameWords), value);
}

export const line = z
  .string()
  .min(1, words('must not be empty'))
  .regex(/^\P{Cc}*$/u, words('must be one line without control characters'));

export const secretName = z
  .string()
  .regex(
    /^[A-Za-z][A-Za-z0-9_.-]*$/,
    words('must be the name of a secret: letters, digits, `_`, `.` and `-`'),
  );

/** `{ secret: NAME }`: the place where a value that must not be seen is named. */
export const secret = z
  .strictObject(
    { secret: secretName.describe('Name that the sources under `secrets` are asked for') },
    words(
      'must be `{ secret: NAME }`',
      'a password is not written into a site file; its source is named under secrets',
    ),
  )
  .describe('A secret, by its name')
  .register(marks, { kind: 'secret' })
  .brand<'secret'>();

const scalar = z.union(
  [z.string(), z.number(), z.boolean(), secret],
  words('must be text, a number, true, false or { secret: NAME }'),
);
export const optionValue = z.union(
  [z.string(), z.number(), z.boolean(), secret, z.array(scalar), z.record(z.string(), scalar)],
  words('must be text, a number, true or false, a list or a map of these, or { secret: NAME }'),
);
export const optionGroups = z.record(z.string().min(1), z.record(z.string().min(1), optionValue));

const durationWords = words('must be a duration', 'a whole number and ms, s, m or h: 30s');
/** A duration that a rule of its own bounds. */
export const anyDuration = z
  .string()
  .regex(durationPattern, durationWords)
  .register(marks, { kind: 'duration' })
  .brand<'duration'>();
export const duration = z
  .string()
  .regex(durationPattern, durationWords)
  .refine(
    (text) => !durationPattern.test(text) || secondsOf(text) <= maxDurationSeconds,
    words('must be at most seven days', 'write 168h or less'),
  )
  .register(marks, { kind: 'duration' })
  .brand<'duration'>();
export const size = z
  .string()
  .regex(sizePattern, words('must be a size', 'a whole number and B, KiB, MiB, GiB or TiB: 8MiB'))
  .register(marks, { kind: 'size' })
  .brand<'size'>();
export const percent = z
  .string()
  .regex(percentPattern, words('must be a percentage', 'a number from 0 to 100 and %: 20%'))
  .register(marks, { kind: 'percent' })
  .brand<'percent'>();

export const httpUrlPattern = /^https?:\/\/[^\s/?#@]+(\/[^\s?#]*)?$/;
export const httpUrl = z
  .string()
  .regex(httpUrlPattern, words('must be an http or https URL without user, query and fragment'))
  .refine(
    (text) => !httpUrlPattern.test(text) || URL.canParse(text),
    words(
      'must be a URL with a host name or an address, and a port of 1 to 65535',
      'an IPv6 address stands in brackets: http://[fd00::5]:9292',
    ),
  );

export const port = z
  .int()
  .min(1, words('must be a port, 1 to 65535'))
  .max(65535, words('must be a port, 1 to 65535'));

/** A path on the controller. */
export const localPath = pathGrammar();

/** The same, to what has to be there. */
export function pathGrammar(there?: PathMark['there'], also: Pick<PathMark, 'url' | 'words'> = {}) {
  return line.clone().register(marks, { kind: 'path', ...(there && { there }), ...also });
}

const forbidden = '\\\\/:*?"<>|#\\[\\]\\p{Cc}';
const segment = `[^${forbidden}]*[^${forbidden}. ]`;
/**
 * Absolute paths without what Windows forbids and without `#`, `?`, `[` and `]`: a path that is kept as a URL would be cut
 * at these. A trailing backslash would make two spellings of one folder, and so would a dot or a blank at the end of a name, which
 * Windows takes away; `.` and `..` would lead out of the folder that the path seems to be in.
 */
export const windowsPathPattern = new RegExp(
  `^([A-Za-z]:\\\\${segment}|\\\\\\\\${segment}\\\\${segment})(\\\\${segment})*$`,
  'u',
);
export const windowsPath = z
  .string()
  .regex(
    windowsPathPattern,
    words(
      'must be an absolute Windows path',
      'backslashes, no quotes around it, none of / : * ? " < > | # [ ], no name that ends with a dot or a blank (`..`) and no backslash at the end: C:\\folder or \\\\server\\share',
    ),
  );
