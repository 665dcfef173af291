import { AgentFailure } from '../failure/agent-failure.ts';

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** The bytes of a parameter that is base64. Throws `BadParameter` where it is none. */
export function decodeBase64(parameter: string, text: string): Buffer {
  if (base64.test(text)) return Buffer.from(text, 'base64');
  throw new AgentFailure('BadParameter', `${parameter} is not base64`, 'InvalidArgument');
}
