import { z } from 'zod';
import { type Cmdlet, cmdlet } from '../cmdlets/cmdlet/cmdlet.ts';

export const serviceQuestions: Readonly<Record<string, Cmdlet>> = {
  'Watch-SandboxService': cmdlet(z.strictObject({ Name: z.string() }), ({ Name }, { backing }) => {
    backing.watchService?.(Name);
    return [];
  }),
};
