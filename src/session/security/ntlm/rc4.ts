/** A stream of RC4: takes bytes and gives them encrypted or decrypted; its state goes on from call to call. */
export type Rc4 = (bytes: Buffer) => Buffer;

/** RC4 with a key of 1 to 256 bytes. OpenSSL 3 has it in its legacy provider only, which Node does not load; NTLM has no other cipher. */
export function rc4(key: Buffer): Rc4 {
  const state = scheduled(key);
  let [i, j] = [0, 0];
  return (bytes) => {
    const { length } = bytes;
    const result = Buffer.allocUnsafe(length);
    // Variables of its own: those that a closure shares take twice the time, and nothing else takes as much of a file's way.
    let [x, y] = [i, j];
    for (let n = 0; n < length; n++) {
      x = (x + 1) & 255;
      const one = state[x] as number;
      y = (y + one) & 255;
      const other = state[y] as number;
      state[x] = other;
      state[y] = one;
      result[n] = (bytes[n] as number) ^ (state[(one + other) & 255] as number);
    }
    [i, j] = [x, y];
    return result;
  };
}

/** The permutation of all bytes that a key gives. */
function scheduled(key: Buffer): Uint8Array {
  const state = Uint8Array.from({ length: 256 }, (_, index) => index);
  for (let i = 0, j = 0; i < 256; i++) {
    const held = state[i] as number;
    j = (j + held + (key[i % key.length] as number)) & 255;
    state[i] = state[j] as number;
    state[j] = held;
  }
  return state;
}
