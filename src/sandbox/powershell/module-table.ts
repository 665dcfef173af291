import { z } from 'zod';

/** A parameter's type in a set: `string[]? @` is an optional list of texts that has a position. */
const parameters = z.record(z.string(), z.string().regex(/^[\w.#]+(\[\])?\??( @)?$/));

const cmdlet = z.strictObject({
  /** The type of the table that its rows are objects of. */
  gives: z.string().optional(),
  /** The function of the module that does the work; without it the model of the sandbox answers. */
  by: z.string().optional(),
  /** Parameters that every set has, none with a position. */
  every: parameters.optional(),
  /** The parameter sets; the first is the one where none is clear. Parameters with a position stand in that order. */
  sets: z.array(parameters).min(1),
});

const table = z.strictObject({
  /** Of its classes of CIM. */
  namespace: z.string().optional(),
  /** The namespace, or the class, that its enumerations are in. */
  enumerationsOf: z.string().optional(),
  enumerations: z.record(z.string(), z.record(z.string(), z.number())).default({}),
  /** The enumerations whose values are combined. */
  flags: z.array(z.string()).default([]),
  /** Types of parameters that PowerShell does not know by their short name. */
  parameterTypes: z.record(z.string(), z.string()).default({}),
  /**
   * The types of its objects, each with those properties that JSON has no type for. A name with a dot is a type of .NET, any other
   * a class of CIM.
   */
  types: z.record(z.string(), z.record(z.string(), z.string())).default({}),
  aliases: z.record(z.string(), z.string()).default({}),
  cmdlets: z.record(z.string(), cmdlet),
});

/** What a module of Windows is made from: `modules/NAME/cmdlets.json`. */
export type ModuleTable = z.infer<typeof table>;
export type ModuleCmdlet = z.infer<typeof cmdlet>;

/** Reads the text of such a file. Throws ZodError where it is not valid. */
export function parseModuleTable(text: string): ModuleTable {
  return table.parse(JSON.parse(text));
}

/** A parameter of a cmdlet, with the sets (numbered from 1) that have it. */
export interface ModuleParameter {
  readonly type: string;
  readonly sets: readonly {
    readonly set: number;
    readonly mandatory: boolean;
    readonly position: number | undefined;
  }[];
}

/** The parameters of a cmdlet by name. */
export function parametersOf({ every = {}, sets }: ModuleCmdlet): ReadonlyMap<string, ModuleParameter> {
  const all = new Map<string, ModuleParameter>();
  sets.forEach((own, index) => {
    let position = 0;
    for (const [name, text] of [...Object.entries(own), ...Object.entries(every)]) {
      const [, type = '', optional, placed] = /^(.*?)(\?)?( @)?$/.exec(text) ?? [];
      const at = placed ? position++ : undefined;
      const here = { set: index + 1, mandatory: !optional, position: at };
      all.set(name, { type, sets: [...(all.get(name)?.sets ?? []), here] });
    }
  });
  return all;
}
