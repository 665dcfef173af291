import { apply } from './apply.ts';
import { build } from './build.ts';
import type { Verb } from './command.ts';
import { drift } from './drift.ts';
import { history } from './history.ts';
import { init } from './init.ts';
import { lock } from './lock.ts';
import { msi } from './msi.ts';
import { msiBuild } from './msi-build.ts';
import { options } from './options.ts';
import { payload } from './payload.ts';
import { plan } from './plan.ts';
import { remove } from './remove.ts';
import { render } from './render.ts';
import { rollback } from './rollback.ts';
import { sandbox } from './sandbox.ts';
import { schema } from './schema.ts';
import { show } from './show.ts';
import { status } from './status.ts';
import { upgrade } from './upgrade.ts';
import { validate } from './validate.ts';
import { verify } from './verify.ts';

/** Every verb, in the order of the help: from the site file to the running service and back. */
export const verbs: readonly Verb[] = [
  init,
  schema,
  validate,
  options,
  render,
  lock,
  payload,
  build,
  sandbox,
  plan,
  apply,
  verify,
  status,
  drift,
  upgrade,
  rollback,
  remove,
  history,
  show,
  msi,
  msiBuild,
];
