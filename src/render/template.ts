import { readFileSync } from 'node:fs';
import Handlebars from 'handlebars';
import { dataFile } from '../data-files.ts';
import { InternalError } from '../errors.ts';

/**
 * Fills `templates/<component>/<name>.hbs`. Nothing is escaped for HTML, and a name that the model does not have is an error,
 * also as the subject of `{{#if}}` and `{{#each}}`, which strict mode alone lets pass.
 */
export function fillTemplate(component: string, name: string, model: object): string {
  const source = readFileSync(dataFile('templates', component, `${name}.hbs`), 'utf8');
  const known = compiled.get(source);
  if (known) return known(model);
  const handlebars = Handlebars.create();
  for (const block of ['if', 'unless', 'each'])
    handlebars.registerHelper(block, strictly(block, handlebars.helpers[block]));
  const template = handlebars.compile(source, { strict: true, noEscape: true });
  compiled.set(source, template);
  return template(model);
}

/** By their text: a file is filled twice for each node, and to compile it was a fifth of what validate takes. */
const compiled = new Map<string, Handlebars.TemplateDelegate>();

function strictly(block: string, original: Handlebars.HelperDelegate | undefined): Handlebars.HelperDelegate {
  return function (this: unknown, subject: unknown, options: Handlebars.HelperOptions) {
    if (subject === undefined)
      throw new InternalError(`a template has {{#${block}}} of what its model does not have`);
    return original?.call(this, subject, options);
  };
}
