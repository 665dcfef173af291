import { type Facts, saidBy, textOption } from '../gather/facts.ts';
import { atPath, merged } from '../site/site-part.ts';
import { condition } from '../status/condition.ts';
import type { RelationHandler } from './handler.ts';
import { marshalled, unmarshalledMap } from './marshalled.ts';

const passwordName = 'ad-join-password';
/** Accounts of every Windows; anything else without a domain is a user that the domain has to make. */
const ofWindows = /^(LocalSystem|LocalService|NetworkService)$/i;

/**
 * `ad-join` of Cloudbase's active-directory: it says `netbiosname`, and makes each domain user that `users` names, a map from users to their
 * groups; their passwords come back in `adcredentials` (New-ADJoinRelationData in its ADHooks.psm1). Nodes are in the domain before. So
 * `computername` is never said: for it the charm makes a computer account, and deletes that when the relation departs
 * (Invoke-ADJoinRelationDepartedHook).
 */
export const adJoin: RelationHandler = {
  request(_, { facts }) {
    const user = userOf(facts);
    return { users: user === undefined ? '' : marshalled({ [user]: [] }) };
  },
  read(relation, { facts }) {
    const domain = saidBy(relation, 'netbiosname');
    if (domain === undefined) return { conditions: [lacks('netbiosname')] };
    const site = atPath('storage.domain', domain);
    const user = userOf(facts);
    if (user === undefined) return { conditions: [], part: { site } };
    const password = unmarshalledMap(saidBy(relation, 'adcredentials') ?? '')[user];
    if (!password) return { conditions: [lacks(`password for ${user}`)] };
    const service = { account: `${domain}\\${user}`, password: { secret: passwordName } };
    return {
      conditions: [],
      part: {
        site: merged(site, atPath(`components.${facts.charm.component}.service`, service)),
        secrets: { [passwordName]: password },
      },
    };
  },
};

const lacks = (what: string) => condition('relation-incomplete', { endpoint: 'ad-join', what });

/** The user that the domain makes for the service; undefined where service-account is another kind of account. */
function userOf(facts: Pick<Facts, 'config'>): string | undefined {
  const account = textOption(facts, 'service-account');
  const isUser = account !== undefined && !ofWindows.test(account) && !/[\\@$]/.test(account);
  return isUser && textOption(facts, 'service-credentials') === undefined ? account : undefined;
}
