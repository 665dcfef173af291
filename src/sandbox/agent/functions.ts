import type { AgentCallName } from '../../session/agent-link/agent-calls.ts';
import { accountRightFunctions } from './accounts/account-right.ts';
import { groupMemberFunctions } from './accounts/group-member.ts';
import { type AgentFunction, type AgentFunctions, checked } from './call/function.ts';
import { blockFunctions } from './files/block.ts';
import { directoryFunctions } from './files/directory.ts';
import { fileFunctions } from './files/file.ts';
import { pathFunctions } from './files/path.ts';
import { httpFunctions } from './network/http.ts';
import { portFunctions } from './network/port.ts';
import { cmdletFunctions } from './processes/cmdlet.ts';
import { detachedProcessFunctions } from './processes/detached-process.ts';
import { processFunctions } from './processes/process.ts';
import { registryFunctions } from './registry/value.ts';
import { serviceFunctions } from './services/service.ts';
import { certificateFunctions } from './windows/certificate.ts';
import { eventFunctions } from './windows/event-record.ts';
import { factFunctions } from './windows/facts.ts';
import { rebootFunctions } from './windows/reboot.ts';
import { scheduledTaskFunctions } from './windows/scheduled-task.ts';
import { shareFunctions } from './windows/share.ts';
import { featureFunctions } from './windows/windows-feature.ts';

/** The type holds this to the protocol: a call that no table has is an error, and so is one that the protocol does not have. */
const functions: AgentFunctions = {
  ...accountRightFunctions,
  ...groupMemberFunctions,
  ...blockFunctions,
  ...directoryFunctions,
  ...fileFunctions,
  ...pathFunctions,
  ...httpFunctions,
  ...portFunctions,
  ...cmdletFunctions,
  ...detachedProcessFunctions,
  ...processFunctions,
  ...registryFunctions,
  ...serviceFunctions,
  ...certificateFunctions,
  ...eventFunctions,
  ...factFunctions,
  ...rebootFunctions,
  ...scheduledTaskFunctions,
  ...shareFunctions,
  ...featureFunctions,
};

/** Every function of the agent by the name that a request calls it; each checks its parameters first. */
export const agentFunctions: ReadonlyMap<string, AgentFunction> = new Map(
  (Object.keys(functions) as AgentCallName[]).map((name) => [name, checkedFunction(name)]),
);

function checkedFunction<Name extends AgentCallName>(name: Name): AgentFunction {
  return checked(name, functions[name]);
}
