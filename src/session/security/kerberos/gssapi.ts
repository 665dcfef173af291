import type koffiTypes from 'koffi';
import { SecurityError } from '../security-error.ts';

type Koffi = typeof koffiTypes;

/** A pointer of the library's own; null where there is none. */
export type Handle = bigint | null;

/** A gss_buffer_desc: bytes of ours going in, or of the library coming out. */
export interface GssBuffer {
  length?: number | bigint;
  value?: Buffer | bigint | null;
}

/** What a call gives through pointers: arrays of one. */
export type Out<Value> = [Value];

interface Call<Arguments extends readonly unknown[]> {
  (...args: Arguments): number;
  readonly async: (...args: [...Arguments, (error: Error | null, major: number) => void]) => void;
}

interface Oid {
  readonly length: number;
  readonly elements: Buffer;
}

interface KeyValues {
  readonly count: number;
  readonly elements: readonly { readonly key: string; readonly value: string }[];
}

export interface Bindings {
  readonly initiatorType: 0;
  readonly initiator: GssBuffer;
  readonly acceptorType: 0;
  readonly acceptor: GssBuffer;
  readonly application: GssBuffer;
}

/** The functions of GSS-API (RFC 2744, and MIT's gss_acquire_cred_from) that are used, by their names without `gss_`. */
export interface Gssapi {
  readonly import_name: Call<[minor: Out<number>, name: GssBuffer, type: Oid, out: Out<Handle>]>;
  readonly acquire_cred_from: Call<
    [Out<number>, name: Handle, time: 0, null, usage: 1 | 2, store: KeyValues, cred: Out<Handle>, null, null]
  >;
  readonly init_sec_context: Call<
    [
      minor: Out<number>,
      cred: Handle,
      context: Out<Handle>,
      target: Handle,
      mechanism: Oid,
      flags: number,
      time: 0,
      bindings: Bindings | null,
      input: GssBuffer,
      actual: null,
      output: GssBuffer,
      told: Out<number>,
      left: null,
    ]
  >;
  readonly accept_sec_context: Call<
    [
      minor: Out<number>,
      context: Out<Handle>,
      cred: Handle,
      input: GssBuffer,
      bindings: Bindings | null,
      source: Out<Handle>,
      mechanism: null,
      output: GssBuffer,
      told: Out<number>,
      left: null,
      delegated: null,
    ]
  >;
  readonly display_name: Call<[Out<number>, name: Handle, out: GssBuffer, null]>;
  readonly wrap: Call<
    [Out<number>, context: Handle, sealed: 1, quality: 0, input: GssBuffer, null, output: GssBuffer]
  >;
  readonly unwrap: Call<
    [Out<number>, context: Handle, input: GssBuffer, output: GssBuffer, sealed: Out<number>, null]
  >;
  readonly display_status: Call<
    [Out<number>, code: number, type: 1 | 2, mechanism: Oid, more: Out<number>, text: GssBuffer]
  >;
  readonly release_cred: Call<[Out<number>, Out<Handle>]>;
  readonly release_name: Call<[Out<number>, Out<Handle>]>;
  readonly delete_sec_context: Call<[Out<number>, Out<Handle>, null]>;
  /** The bytes of a buffer that the library filled, which is released; undefined where it is empty. */
  readonly take: (buffer: GssBuffer) => Buffer | undefined;
}

// Each function as C declares it, behind its name.
const minor = '_Out_ uint32_t *minor';
const parameters = {
  import_name: `${minor}, gss_buffer *name, gss_oid *type, _Out_ void **out`,
  acquire_cred_from: `${minor}, void *name, uint32_t time, void *mechanisms, int usage, gss_key_values *store, _Out_ void **cred, void *actual, void *left`,
  init_sec_context: `${minor}, void *cred, _Inout_ void **context, void *target, gss_oid *mechanism, uint32_t flags, uint32_t time, gss_bindings *bindings, gss_buffer *input, void *actual, _Out_ gss_buffer *output, _Out_ uint32_t *told, void *left`,
  accept_sec_context: `${minor}, _Inout_ void **context, void *cred, gss_buffer *input, gss_bindings *bindings, _Out_ void **source, void *mechanism, _Out_ gss_buffer *output, _Out_ uint32_t *told, void *left, void *delegated`,
  display_name: `${minor}, void *name, _Out_ gss_buffer *text, void *type`,
  wrap: `${minor}, void *context, int sealed, uint32_t quality, gss_buffer *input, void *state, _Out_ gss_buffer *output`,
  unwrap: `${minor}, void *context, gss_buffer *input, _Out_ gss_buffer *output, _Out_ int *sealed, void *quality`,
  display_status: `${minor}, uint32_t code, int type, gss_oid *mechanism, _Inout_ uint32_t *more, _Out_ gss_buffer *text`,
  release_cred: `${minor}, _Inout_ void **cred`,
  release_name: `${minor}, _Inout_ void **name`,
  delete_sec_context: `${minor}, _Inout_ void **context, void *output`,
  release_buffer: `${minor}, _Inout_ gss_buffer *buffer`,
} as const;

const remedy =
  'install the package koffi beside oriel (npm install koffi) and MIT Kerberos (apt-get install libgssapi-krb5-2 krb5-user)';

let loaded: Promise<Gssapi> | undefined;

/**
 * MIT Kerberos' GSS-API library of this machine, loaded once and when it is first used. Throws SecurityError where it, or koffi, which
 * calls it, is not there.
 */
export function gssapi(): Promise<Gssapi> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<Gssapi> {
  try {
    const { default: koffi } = await import('koffi');
    return bound(koffi);
  } catch (cause) {
    loaded = undefined;
    const why = (cause as Error).message.split('\n')[0];
    throw new SecurityError('unavailable', `Kerberos is not available on this machine: ${why}`, remedy, {
      cause,
    });
  }
}

function bound(koffi: Koffi): Gssapi {
  const library = koffi.load(process.platform === 'darwin' ? 'libgssapi_krb5.dylib' : 'libgssapi_krb5.so.2');
  const buffer = koffi.struct('gss_buffer', { length: 'size_t', value: 'void *' });
  koffi.struct('gss_oid', { length: 'uint32_t', elements: 'void *' });
  const pair = koffi.struct('gss_key_value', { key: 'str', value: 'str' });
  koffi.struct('gss_key_values', { count: 'uint32_t', elements: koffi.pointer(pair) });
  koffi.struct('gss_bindings', {
    initiatorType: 'uint32_t',
    initiator: buffer,
    acceptorType: 'uint32_t',
    acceptor: buffer,
    application: buffer,
  });
  const calls = Object.fromEntries(
    Object.entries(parameters).map(([name, list]) => [name, library.func(`uint32_t gss_${name}(${list})`)]),
  ) as unknown as Gssapi & { readonly release_buffer: Call<[Out<number>, GssBuffer]> };
  const take = (filled: GssBuffer): Buffer | undefined => {
    const length = Number(filled.length ?? 0);
    if (length === 0) return undefined;
    // A copy: what is seen goes with the release.
    const bytes = Buffer.from(new Uint8Array(koffi.view(filled.value, length)));
    calls.release_buffer([0], filled);
    return bytes;
  };
  return { ...calls, take };
}
