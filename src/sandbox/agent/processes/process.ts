import type { AgentFunctions } from '../call/function.ts';

export const processFunctions = {
  'Invoke-Process': async (wanted, { node, signal, progress }) => {
    const { file, directory, environment, input } = wanted;
    const program = {
      file,
      arguments: wanted.arguments,
      ...(directory !== undefined && { directory }),
      ...(environment && { environment }),
    };
    return node.backing.run(program, {
      timeout: wanted.timeout * 1000,
      signal,
      ...(input !== undefined && { input }),
      ...(wanted.stream && { onLine: progress }),
    });
  },
} satisfies Partial<AgentFunctions>;
