import { hostAnswer } from '../../cmdlets/windows/programs.ts';
import type { AgentFunctions } from '../call/function.ts';

export const processFunctions = {
  'Invoke-Process': async (parameters, { node, signal, progress }) => {
    const { file, directory, environment, input } = parameters;
    const told = hostAnswer(node, file, parameters.arguments);
    if (told) return told;
    const program = {
      file,
      arguments: parameters.arguments,
      ...(directory !== undefined && { directory }),
      ...(environment && { environment }),
    };
    return node.backing.run(program, {
      timeout: parameters.timeout * 1000,
      signal,
      ...(input !== undefined && { input }),
      ...(parameters.stream && { onLine: progress }),
    });
  },
} satisfies Partial<AgentFunctions>;
