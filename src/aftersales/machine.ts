import type { TransitionTable } from '../kit/machine.ts';

/**
 * The life of a case (lifecycles 2.3, C1 to C13). What a shop or the clock may do rests on the article of its row; where a row is timed,
 * the parameter stands in the rulebook.
 */
export const caseTable = [
  // from          event                by            to              article  after (parameter)
  ['none', 'file', 'buyer', 'negotiation', '24'], // C1
  ['none', 'file', 'operator', 'negotiation', '24'], // F048: the support, for a buyer who had called it
  ['negotiation', 'pay_first', 'system', 'executing', '30'], // C1b
  ['negotiation', 'agree', 'merchant', 'executing', '5'], // C2
  ['negotiation', 'offer', 'merchant', 'negotiation', '21'],
  ['negotiation', 'accept', 'buyer', 'executing', '31'],
  ['negotiation', 'counter', 'buyer', 'negotiation', '21'],
  ['negotiation', 'refuse', 'merchant', 'refused', '22'], // C3
  ['negotiation', 'silence_refund', 'clock', 'executing', '5', 'MERCHANT_REMEDY'], // C3b, the cases of article 5
  ['negotiation', 'silence_intervene', 'clock', 'intervention', '8', 'FAULT_RESPONSE_MAX'], // C3b, all others
  ['negotiation', 'stall', 'clock', 'refused', '8', 'FAULT_RESPONSE_MAX'], // an offer that nobody accepted
  ['negotiation', 'escalate', 'buyer', 'intervention', '26'], // F116: two offers and no agreement
  ['refused', 'agree', 'merchant', 'executing', '31'],
  ['refused', 'accept', 'buyer', 'executing', '31'],
  ['refused', 'escalate', 'buyer', 'intervention', '26', 'ESCALATE'], // C4
  ['refused', 'lapse', 'clock', 'lapsed', '26', 'ESCALATE'], // C4b
  ['lapsed', 'reopen', 'buyer', 'intervention', '26', 'REOPEN'],
  ['lapsed', 'unhold', 'clock', 'lapsed', '26', 'LAPSE_GRACE'],
  ['intervention', 'agree', 'merchant', 'executing', '31'],
  ['intervention', 'decline', 'operator', 'inadmissible', '27', 'ACCEPT'],
  ['intervention', 'assign', 'operator', 'review', '27', 'ACCEPT'], // C5
  ['intervention', 'late', 'clock', 'intervention', '27', 'ACCEPT'],
  ['intervention', 'overdue', 'clock', 'executing', '27', 'DECIDE'],
  ['review', 'agree', 'merchant', 'executing', '31'],
  ['review', 'assign', 'operator', 'review', '27'],
  ['review', 'ask', 'operator', 'evidence', '22'], // C6
  ['review', 'propose', 'operator', 'signing', '28'],
  ['review', 'decide', 'operator', 'decided', '28'], // C7
  ['review', 'overdue', 'clock', 'executing', '27', 'DECIDE'],
  ['review', 'late', 'clock', 'review', '27', 'DECIDE'],
  ['evidence', 'produce', 'buyer', 'review', '22'],
  ['evidence', 'produce', 'merchant', 'review', '22'],
  ['evidence', 'fail', 'clock', 'review', '22', 'EVIDENCE_WITHIN'],
  ['evidence', 'overdue', 'clock', 'executing', '27', 'DECIDE'],
  ['evidence', 'late', 'clock', 'evidence', '27', 'DECIDE'],
  ['negotiation', 'find_batch', 'operator', 'decided', '28'], // one finding for all cases of a batch (F129)
  ['refused', 'find_batch', 'operator', 'decided', '28'],
  ['intervention', 'find_batch', 'operator', 'decided', '28'],
  ['review', 'find_batch', 'operator', 'decided', '28'],
  ['evidence', 'find_batch', 'operator', 'decided', '28'],
  ['signing', 'find_batch', 'operator', 'decided', '28'],
  ['signing', 'countersign', 'operator', 'decided', '28'],
  ['signing', 'send_back', 'operator', 'review', '28'],
  ['signing', 'overdue', 'clock', 'executing', '27', 'DECIDE'],
  ['signing', 'late', 'clock', 'signing', '27', 'DECIDE'],
  ['decided', 'arbitrate', 'buyer', 'arbitration', '29', 'ARB'], // C8: a panel of three
  ['decided', 'arbitrate', 'merchant', 'arbitration', '29', 'ARB'],
  ['decided', 'ask_jury', 'buyer', 'jury_asked', '29', 'ARB'],
  ['decided', 'ask_jury', 'merchant', 'jury_asked', '29', 'ARB'],
  ['decided', 'finalise', 'clock', 'executing', '29', 'ARB'], // C10
  ['jury_asked', 'consent', 'buyer', 'jury', '29'],
  ['jury_asked', 'consent', 'merchant', 'jury', '29'],
  ['jury_asked', 'prefer_panel', 'buyer', 'arbitration', '29'],
  ['jury_asked', 'prefer_panel', 'merchant', 'arbitration', '29'],
  ['jury_asked', 'no_consent', 'clock', 'arbitration', '29', 'CROWD_CONSENT'],
  ['jury', 'find', 'system', 'awarded', '29'], // nine of seventeen
  ['jury', 'hang', 'system', 'arbitration', '29'], // too few jurors, or nine are out of reach
  ['jury', 'hang', 'clock', 'arbitration', '29', 'CROWD_WITHIN'],
  ['arbitration', 'award', 'system', 'awarded', '29'],
  ['arbitration', 'award', 'clock', 'awarded', '29', 'PANEL_WITHIN'],
  ['arbitration', 'replace', 'clock', 'arbitration', '29', 'PANEL_WITHIN'], // late seats, once
  ['arbitration', 'deadlock', 'system', 'chaired', '29'],
  ['arbitration', 'deadlock', 'clock', 'chaired', '29', 'PANEL_WITHIN'],
  ['chaired', 'take', 'arbitrator', 'chaired', '29'],
  ['chaired', 'rule', 'arbitrator', 'awarded', '29'],
  ['chaired', 'stand', 'clock', 'awarded', '29', 'CHAIR_WITHIN'], // nobody ruled: the first decision stands
  ['awarded', 'appeal', 'buyer', 'appealed', '29', 'APPEAL'], // C9: once, by somebody else
  ['awarded', 'appeal', 'merchant', 'appealed', '29', 'APPEAL'],
  ['awarded', 'finalise', 'clock', 'executing', '29', 'APPEAL'], // C10
  ['appealed', 'take', 'arbitrator', 'appealed', '29'],
  ['appealed', 'rule', 'arbitrator', 'executing', '29'],
  ['appealed', 'late', 'clock', 'appealed', '27', 'DECIDE'],
  ['executing', 'execute', 'system', 'executed', '31'], // C11
  ['executing', 'perform', 'merchant', 'executed', '12'],
  ['executing', 'default', 'clock', 'executed', '31', 'REFUND_START'],
  ['executed', 'close', 'clock', 'closed', '30', 'OBJECT'], // C12
  ['negotiation', 'withdraw', 'buyer', 'withdrawn', '24'], // C13
  ['refused', 'withdraw', 'buyer', 'withdrawn', '24'],
  ['intervention', 'withdraw', 'buyer', 'withdrawn', '24'],
  ['review', 'withdraw', 'buyer', 'withdrawn', '24'],
  ['evidence', 'withdraw', 'buyer', 'withdrawn', '24'],
  ['signing', 'withdraw', 'buyer', 'withdrawn', '24'],
  ['decided', 'withdraw', 'buyer', 'withdrawn', '24'],
  ['jury_asked', 'withdraw', 'buyer', 'withdrawn', '24'],
  ['jury', 'withdraw', 'buyer', 'withdrawn', '24'],
  ['arbitration', 'withdraw', 'buyer', 'withdrawn', '24'],
  ['chaired', 'withdraw', 'buyer', 'withdrawn', '24'],
  ['awarded', 'withdraw', 'buyer', 'withdrawn', '24'],
  ['appealed', 'withdraw', 'buyer', 'withdrawn', '24'],
  ['negotiation', 'repay', 'channel', 'executed', '30'], // C14: the channel refunded this very loss
  ['refused', 'repay', 'channel', 'executed', '30'],
  ['intervention', 'repay', 'channel', 'executed', '30'],
  ['review', 'repay', 'channel', 'executed', '30'],
  ['evidence', 'repay', 'channel', 'executed', '30'],
  ['signing', 'repay', 'channel', 'executed', '30'],
  ['decided', 'repay', 'channel', 'executed', '30'],
  ['jury_asked', 'repay', 'channel', 'executed', '30'],
  ['jury', 'repay', 'channel', 'executed', '30'],
  ['arbitration', 'repay', 'channel', 'executed', '30'],
  ['chaired', 'repay', 'channel', 'executed', '30'],
  ['awarded', 'repay', 'channel', 'executed', '30'],
  ['appealed', 'repay', 'channel', 'executed', '30'],
] as const satisfies TransitionTable;

export type CaseState = (typeof caseTable)[number][0 | 3];
export type CaseEvent = (typeof caseTable)[number][1];

/** A shop that was charged before it had answered may object: a person looks, and the fund makes it whole if it is right (article 30). */
export const objectionTable = [
  ['none', 'object', 'merchant', 'open', '30', 'OBJECT'],
  ['open', 'uphold', 'operator', 'upheld', '30'],
  ['open', 'dismiss', 'operator', 'dismissed', '30'],
] as const satisfies TransitionTable;
export type ObjectionState = (typeof objectionTable)[number][0 | 3];
