import { must } from '../../kit/assert.ts';
import { done, refuse } from '../../kit/result.ts';
import { serve } from '../../kit/route.ts';
import { reader, transaction } from '../../kit/tx.ts';
import { seenFrom } from '../actions.ts';
import { fourEyesAbove, needsTwo } from '../desk.rules.ts';
import type { Able } from '../page.rules.ts';
import { caseRefusals } from '../refusals.contract.ts';
import {
  dissolveGroup,
  findGroup,
  groupTotal,
  leaveGroup,
  resumeBatch,
  signGroup,
  speakForGroup,
} from './actions.ts';
import { groupContract } from './contract.ts';
import { alarmsShown, groupHeadOf, groupOfCase, groupsShown, membersShown, wordsOfGroup } from './views.ts';

const yes: Able = { ok: true, code: null, why: null };
const no = (code: 'GROUP_OVER' | 'NOT_REPRESENTATIVE'): Able => ({
  ok: false,
  code,
  why: { zh: caseRefusals[code].zh, en: caseRefusals[code].en },
});

export const groupRoutes = {
  list: serve(groupContract.list, async ({ db, viewer }, { limit }) => {
    const on = await reader(db);
    const of = { viewerStaff: viewer.staff.length > 0, limit };
    const [groups, alarms] = await Promise.all([groupsShown(on, of), alarmsShown(on, of)]);
    return done({ groups: groups.map((one) => ({ ...one, groupId: one.id })), alarms });
  }),
  one: serve(groupContract.one, async ({ db, viewer }, { groupId }) => {
    const on = await reader(db);
    const [head] = await groupHeadOf(on, { viewerGroup: groupId });
    if (!head) return refuse('GROUP_NOT_FOUND');
    const key = { shopId: head.shopId, viewerGroup: groupId };
    const [members, words] = await Promise.all([membersShown(on, key), wordsOfGroup(on, key)]);
    const total = groupTotal(members);
    const at = { rulebook: head.rulebook, now: on.business };
    return done({
      ...head,
      groupId,
      mine: head.proposedBy !== null && head.proposedBy === viewer.userId,
      twoPeople: needsTwo(total, at),
      limit: fourEyesAbove(at),
      total,
      finding: head.finding as never,
      words,
      members: members.map((one) => ({ ...one, representative: one.buyerId === head.representativeId })),
    });
  }),
  find: serve(groupContract.find, ({ db, viewer }, { groupId, ...judged }) =>
    transaction(db, (tx) =>
      findGroup(tx, { groupId, viewer, judged: { ...judged, amount: null, reason: null } }),
    ),
  ),
  sign: serve(groupContract.sign, ({ db, viewer }, { groupId, ...said }) =>
    transaction(db, (tx) => signGroup(tx, { groupId, viewer, ...said })),
  ),
  resume: serve(groupContract.resume, ({ db, viewer }, { listingId, text }) =>
    transaction(db, (tx) => resumeBatch(tx, { listingId, viewer, text })),
  ),
  dissolve: serve(groupContract.dissolve, ({ db, viewer }, { groupId, text }) =>
    transaction(db, (tx) => dissolveGroup(tx, { groupId, viewer, text })),
  ),
  ofCase: serve(groupContract.ofCase, async ({ db, viewer }, { caseId }) => {
    const on = await reader(db);
    const seen = await seenFrom(on, viewer, caseId);
    if (!seen) return refuse('CASE_NOT_FOUND');
    const { shopId } = seen;
    const [at] = await groupOfCase(on, { shopId, viewerCase: caseId });
    if (!at) return done({ group: null, able: {} });
    const key = { shopId, viewerGroup: at.groupId };
    const [[found], members, words] = await Promise.all([
      groupHeadOf(on, { viewerGroup: at.groupId }),
      membersShown(on, key),
      wordsOfGroup(on, key),
    ]);
    const head = must(found, 'a member has its group');
    const isOpen = !at.left && at.outcome === null && (head.state === 'open' || head.state === 'signing');
    const representative = seen.side === 'buyer' && head.representativeId === seen.buyerId;
    return done({
      group: {
        state: head.state,
        cases: members.filter((one) => !one.left).length,
        representative,
        left: at.left,
        outcome: at.outcome,
        words: at.left ? [] : words,
        openedAt: head.openedAt,
      },
      able:
        seen.side === 'buyer'
          ? {
              leave: isOpen ? yes : no('GROUP_OVER'),
              speak: !isOpen ? no('GROUP_OVER') : representative ? yes : no('NOT_REPRESENTATIVE'),
            }
          : {},
    });
  }),
  leave: serve(groupContract.leave, ({ db, viewer }, { caseId }) =>
    transaction(db, (tx) => leaveGroup(tx, { caseId, viewer })),
  ),
  speak: serve(groupContract.speak, ({ db, viewer }, { caseId, text }) =>
    transaction(db, (tx) => speakForGroup(tx, { caseId, viewer, text })),
  ),
};
