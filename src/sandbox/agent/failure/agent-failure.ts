/** The stand-in's answer when a call fails; `kind` is one of those in docs/reference/nodes/agent-protocol.md. */
export class AgentFailure extends Error {
  override readonly name = 'AgentFailure';
  constructor(
    readonly kind: string,
    message: string,
    readonly category = 'NotSpecified',
  ) {
    super(message);
  }
}

/** Whether a file system error says that nothing is there. */
export function isAbsent(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  return code === 'ENOENT' || code === 'ENOTDIR';
}
