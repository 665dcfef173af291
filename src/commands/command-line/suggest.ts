import type { Context } from '../../deploy/context.ts';

/** Says on a terminal what is usually typed next; logs and scripts are spared it. */
export function suggest({ interactive, emit }: Pick<Context, 'interactive' | 'emit'>, command: string): void {
  if (interactive) emit({ kind: 'note', level: 'info', message: `next: ${command}` });
}
