/** What a rule asks for, and what happens otherwise. */
export interface RuleDescription {
  /** The worst that it reports. */
  readonly severity: 'error' | 'warning';
  readonly text: string;
}

export const error = (text: string): RuleDescription => ({ severity: 'error', text });
export const warning = (text: string): RuleDescription => ({ severity: 'warning', text });
