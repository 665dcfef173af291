import { z } from 'zod';
import { agentFunction, timeout, windowsPath } from './function.ts';

const parameters = z.strictObject({
  file: z.string().min(1),
  arguments: z.array(z.string()),
  directory: windowsPath.optional(),
  environment: z.record(z.string(), z.string()).optional(),
  input: z.string().optional(),
  timeout,
  stream: z.boolean().optional(),
});

export const invokeProcess = agentFunction(parameters, async (wanted, { node, signal, progress }) => {
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
});
