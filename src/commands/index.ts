import { build } from './build/build.ts';
import { lock } from './build/lock.ts';
import { msi } from './build/msi.ts';
import { msiBuild } from './build/msi-build.ts';
import { payload } from './build/payload.ts';
import type { Verb } from './command-line/verb.ts';
import { apply } from './deploy/apply.ts';
import { plan } from './deploy/plan.ts';
import { remove } from './deploy/remove.ts';
import { rollback } from './deploy/rollback.ts';
import { upgrade } from './deploy/upgrade.ts';
import { doctor } from './inspect/doctor.ts';
import { drift } from './inspect/drift.ts';
import { facts } from './inspect/facts.ts';
import { history } from './inspect/history.ts';
import { show } from './inspect/show.ts';
import { status } from './inspect/status.ts';
import { verify } from './inspect/verify.ts';
import { charmHook } from './juju/charm-hook.ts';
import { nodePrepare } from './node/prepare.ts';
import { sandboxFault } from './sandbox/fault.ts';
import { sandbox } from './sandbox/sandbox.ts';
import { init } from './site/init.ts';
import { options } from './site/options.ts';
import { render } from './site/render.ts';
import { schema } from './site/schema.ts';
import { validate } from './site/validate.ts';

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
  sandboxFault,
  nodePrepare,
  doctor,
  facts,
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
  charmHook,
];
