/** A stream of RC4: takes bytes and gives them encrypted or decrypted; its state goes on from call to call. */
export type Rc4 = (bytes: Buffer) => Buffer;

/** RC4 with a key of 1 to 256 bytes. OpenSSL 3 has it in its legacy provider only, which Node does not load; NTLM has no other cipher. */
export function rc4(key: Buffer): Rc4 {
  const state = Uint8Array.from({ length: 256 }, (_, index) => index);
  let i = 0;
  let j = 0;
  const swap = (): void => {
    const held = at(state, i);
    state[i] = at(state, j);
    state[j] = held;
  };
  for (; i < 256; i++) {
    j = (j + at(state, i) + at(key, i % key.length)) & 255;
    swap();
  }
  i = j = 0;
  return (bytes) => {
    const result = Buffer.allocUnsafe(bytes.length);
    for (let n = 0; n < bytes.length; n++) {
      i = (i + 1) & 255;
      j = (j + at(state, i)) & 255;
      swap();
      result[n] = at(bytes, n) ^ at(state, (at(state, i) + at(state, j)) & 255);
    }
    return result;
  };
}

function at(bytes: Uint8Array, index: number): number {
  return bytes[index] as number;
}
