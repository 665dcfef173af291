import { z } from 'zod';

/** What a written value stands for, marked where the grammar has its key; `resolved` (resolve.ts) turns it into that. */
export type Mark = { readonly kind: 'secret' | 'duration' | 'size' | 'percent' } | PathMark;

/** A path on the controller. */
export interface PathMark {
  readonly kind: 'path';
  /** What has to be there, and has to be readable; absent: that is seen when it is used. */
  readonly there?: 'file' | 'folder';
  /** Whether a URL may stand there as well, and which words stand for themselves. */
  readonly url?: true;
  readonly words?: readonly string[];
}

/** Marks by schema; apart from the descriptions, as the JSON Schema of the site file holds all of those. */
export const marks = z.registry<Mark>();

/** Seconds. */
export type Duration = z.core.$brand<'duration'>;
/** Bytes. */
export type Size = z.core.$brand<'size'>;
/** 0 to 100. */
export type Percent = z.core.$brand<'percent'>;
/** A Secret. */
export type SecretMention = z.core.$brand<'secret'>;
