import { lineCutter, maxLine } from '../../agent-link/lines.ts';
import { readNumberedLine } from '../../agent-link/numbered-line.ts';

export interface AgentOutput {
  /** A line as the agent said it. */
  readonly onLine: (line: string) => void;
  /** A line of somebody else. */
  readonly onNoise: (line: string) => void;
  /** The output is not whole: nothing of it can be trusted from here on. */
  readonly onLoss: (reason: string) => void;
}

/**
 * Reads what an agent prints: from its first numbered line on every one must follow the last and be whole, as an answer of WinRM that
 * is lost takes a piece out of the output. Gives a function to feed with bytes.
 */
export function agentOutput({ onLine, onNoise, onLoss }: AgentOutput): (bytes: Buffer) => void {
  let last = 0;
  const take = (line: string): void => {
    const read = readNumberedLine(line);
    if (!read) {
      (last > 0 ? onNoise : onLine)(line);
      return;
    }
    if (read.before) onNoise(read.before);
    const { said } = read;
    if (said === 'broken' || 'asks' in said || said.number !== last + 1)
      onLoss('an answer of the agent was lost on the way');
    else {
      last = said.number;
      onLine(said.text);
    }
  };
  return lineCutter(take, () => onLoss(`the agent sent a line of more than ${maxLine} bytes`));
}
