import type { Finding, LayerName, Verdict } from '../session/examine/finding.ts';
import type { Evidence } from './judge/evidence.ts';
import { clockVerdict, diskVerdict, restartVerdict, timeZoneVerdict } from './judge/machine.ts';
import { memoryVerdict } from './judge/memory.ts';
import { filesVerdict, policyVerdict, powershellVerdict, profileVerdict } from './judge/powershell.ts';
import { rightsVerdict } from './judge/rights.ts';

/** What a layer is judged by, with its answers in place of errors. */
export type Judge = (evidence: Evidence) => Verdict;

/** The layers that are seen through an open session; each is judged for itself. */
export const agentLayers: readonly { readonly name: LayerName; readonly judge: Judge }[] = [
  { name: 'powershell', judge: powershellVerdict },
  { name: 'profile', judge: profileVerdict },
  { name: 'files', judge: filesVerdict },
  { name: 'policy', judge: policyVerdict },
  { name: 'clock', judge: clockVerdict },
  { name: 'rights', judge: rightsVerdict },
  { name: 'memory', judge: memoryVerdict },
  { name: 'disk', judge: diskVerdict },
  { name: 'restart', judge: restartVerdict },
  { name: 'time-zone', judge: timeZoneVerdict },
];

/** Pure: a finding for each layer. */
export function judgeAgent(evidence: Evidence): readonly Finding[] {
  return agentLayers.map(({ name: layer, judge }) => ({ layer, ...judge(evidence) }));
}
