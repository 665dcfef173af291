import ssh2 from 'ssh2';

export interface KeyPair {
  /** Both in OpenSSH format. */
  readonly private: string;
  readonly public: string;
}

/** A new Ed25519 key. Some that ssh2 makes it cannot read again, where a number in them begins with a zero: each is tried. */
export function makeKeyPair(comment: string): KeyPair {
  for (;;) {
    const made = ssh2.utils.generateKeyPairSync('ed25519', { comment });
    const halves = [made.private, made.public].map((half) => ssh2.utils.parseKey(half));
    if (!halves.some((half) => half instanceof Error)) return made;
  }
}
