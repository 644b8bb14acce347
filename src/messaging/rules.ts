import { nextState } from '../kit/machine.ts';
import { done, refuse, type Result } from '../kit/result.ts';
import { plus, type Instant } from '../kit/time.ts';
import {
  chatLimits,
  type LureKind,
  type MessagingRefusal,
  type SayKind,
  type Side,
  type Speaker,
} from './contract.ts';
import { demandTable, type DemandState } from './machine.ts';

/** Harsh words: their author hears that they do not help (F075). What was said is not touched, and is nobody's finding. */
const harsh =
  /(?:操|艹)(?:你|尼)|(?:日|草|干)(?:你|尼)(?:妈|娘|大爷|全家|祖宗)|尼玛|你妈的|妈的|他妈的|去死|死全家|滚蛋|给我滚|傻[逼比叉b]|煞笔|沙比|脑残|智障|弱智|贱人|畜生|狗东西|王八蛋|混蛋|nmsl|\bsb\b|\b(?:fuck(?:ing)?|shit|bitch|asshole|idiot|moron)\b|弄死你|砍死|打断你|等着瞧|找人(?:弄|收拾)/i;
const spread = /[*._·-]|(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])/g;
export const isHarsh = (text: string): boolean => harsh.test(text.normalize('NFKC').replace(spread, ''));

/** The words of a message as they are kept: line ends as \n, no marks that turn or hide text, nothing around it. */
export const cleaned = (text: string): string =>
  text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    // oxlint-disable-next-line no-control-regex -- these draw nothing, or turn what is drawn around
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/\n{4,}/g, '\n\n\n')
    .trim();

/** A conversation as it is kept, or as it begins. */
export type Thread = {
  readonly messages: number;
  readonly lastAt: Instant;
  readonly lastSide: Side;
  readonly waitsSince: Instant | null;
  readonly supportSince: Instant | null;
};
export type Demand = {
  readonly id: string;
  readonly seq: number;
  readonly state: DemandState;
  readonly askedAt: Instant;
  readonly dueAt: Instant;
  readonly closedAt: Instant | null;
};

export type Saying = {
  readonly side: Speaker;
  readonly as: SayKind;
  readonly text: string;
  readonly hours: number | undefined;
  readonly until: Instant | undefined;
  readonly attachments: number;
};
type Facts = {
  readonly now: Instant;
  readonly thread: Thread | undefined;
  readonly openDemand: Demand | undefined;
  /** Messages of the same person in this conversation in the last minute. */
  readonly lately: number;
  readonly terms: DemandTerms;
};
/** What the order's rulebook says of demands: the default (article 21), and the time for a remedy, which no demand exceeds (article 5). */
export type DemandTerms = {
  readonly default_hours: number;
  readonly max_hours: number;
  readonly article: string;
};

export type Said = {
  readonly seq: number;
  readonly text: string;
  readonly hours: number | null;
  readonly dueAt: Instant | null;
  readonly thread: Thread;
  /** The demand that these words answer. */
  readonly answers: Demand | null;
};

/** Whether a kind of message is possible now; asked by buttons and by the act itself. */
export function decideKind(
  p: { side: Speaker; as: SayKind } & Pick<Facts, 'thread' | 'openDemand'>,
): Result<null, MessagingRefusal> {
  if (p.as === 'demand' && p.side !== 'buyer') return refuse('KIND_NOT_YOURS');
  if (p.as === 'promise' && p.side !== 'merchant') return refuse('KIND_NOT_YOURS');
  if (p.as === 'call' && p.side === 'support') return refuse('KIND_NOT_YOURS');
  if (p.as === 'demand' && p.openDemand) return refuse('DEMAND_OPEN', { dueAt: p.openDemand.dueAt });
  if (p.as === 'call' && p.thread?.supportSince) return refuse('CALL_PENDING');
  return done(null);
}

/**
 * What a message does to its conversation. A demand runs from now for the hours asked (F080); words of the shop answer an open one; words
 * of the buyer begin to wait for the shop. Nothing here can keep anybody from writing: there is no block (F206).
 */
export function decideSay(saying: Saying, facts: Facts): Result<Said, MessagingRefusal> {
  const possible = decideKind({ ...saying, ...facts });
  if (!possible.ok) return possible;
  const text = cleaned(saying.text);
  const isCall = saying.as === 'call';
  if (text === '' && !isCall && (saying.as !== 'text' || saying.attachments === 0))
    return refuse('MESSAGE_EMPTY');
  if (text.length > chatLimits.text) return refuse('INPUT_INVALID');
  if (facts.lately >= chatLimits.perMinute) return refuse('TOO_MANY_REQUESTS', { retryAfter_s: 60 });
  const timed = timeOf(saying, facts);
  if (!timed.ok) return timed;
  const { hours, dueAt } = timed.value;
  const answers =
    saying.side === 'merchant' && !isCall && facts.openDemand && mayAnswer(facts.openDemand)
      ? facts.openDemand
      : null;
  const thread = threadAfter(saying, facts);
  return done({ seq: thread.messages, text, hours, dueAt, thread, answers });
}

const mayAnswer = (demand: Demand): boolean =>
  nextState(demandTable, demand.state, 'answer', 'merchant') === 'answered';

type Timed = { readonly hours: number | null; readonly dueAt: Instant | null };
function timeOf(saying: Saying, { now, terms }: Facts): Result<Timed, MessagingRefusal> {
  if (saying.as === 'demand') {
    const hours = saying.hours ?? terms.default_hours;
    if (hours < chatLimits.demandMin_hours || hours > terms.max_hours)
      return refuse('DEMAND_HOURS_WRONG', { min: chatLimits.demandMin_hours, max: terms.max_hours });
    return done({ hours, dueAt: plus(now, { hours }) });
  }
  if (saying.as === 'promise') {
    const { until } = saying;
    if (until === undefined || until <= now || until > plus(now, { days: chatLimits.promiseMax_days }))
      return refuse('PROMISE_TIME_WRONG');
    return done({ hours: null, dueAt: until });
  }
  return done({ hours: null, dueAt: null });
}

function threadAfter({ side, as }: Saying, { now, thread }: Facts): Thread {
  const isCall = as === 'call';
  const waits = thread?.waitsSince ?? null;
  return {
    messages: (thread?.messages ?? 0) + 1,
    lastAt: now,
    lastSide: side,
    waitsSince: side === 'buyer' && !isCall ? (waits ?? now) : side === 'merchant' && !isCall ? null : waits,
    supportSince: isCall ? now : side === 'support' ? null : (thread?.supportSince ?? null),
  };
}

/** A notice of the platform joins the conversation without changing who waits. */
export const noticeAfter = (thread: Thread, now: Instant): Thread => ({
  ...thread,
  messages: thread.messages + 1,
  lastAt: now,
  lastSide: 'platform',
});

/** The time of a demand is over: it is silent from now on. undefined: it was answered meanwhile, or its time has not come. */
export function decideLapse(demand: Demand | undefined, now: Instant): DemandState | undefined {
  if (!demand || demand.dueAt > now) return undefined;
  return nextState(demandTable, demand.state, 'lapse', 'clock');
}

/** F080: after a silence the way to the platform is one press. Filing a case never needs it (article 25). */
export function decideEscalate(side: Speaker, demand: Demand | undefined): Result<null, MessagingRefusal> {
  if (side !== 'buyer') return refuse('ESCALATE_BUYER_ONLY');
  if (!demand) return refuse('ESCALATE_NOT_ASKED');
  if (demand.state === 'open') return refuse('ESCALATE_STILL_RUNNING', { dueAt: demand.dueAt });
  if (demand.state === 'answered') return refuse('ESCALATE_ANSWERED');
  return done(null);
}

/** Only one's own words can be taken out of view, and only words: a demand, a promise and a notice stay. */
export function decideHide(
  message: { kind: string; side: Side; authorId: string | null; hidden: boolean } | undefined,
  by: { side: Speaker; userId: string },
): Result<'hide' | 'is hidden', MessagingRefusal> {
  if (!message) return refuse('MESSAGE_NOT_FOUND');
  if (message.side !== by.side || message.authorId !== by.userId || message.kind !== 'text')
    return refuse('NOT_YOUR_WORDS');
  return done(message.hidden ? 'is hidden' : 'hide');
}

/** When the other party had seen a message: the first time that it had seen that far. Support does not count as a party. */
export function seenAt(
  message: { seq: number; side: Side },
  reads: readonly { side: Speaker; seq: number; at: Instant }[],
): Instant | null {
  const other = message.side === 'buyer' ? 'merchant' : message.side === 'platform' ? null : 'buyer';
  if (other === null) return null;
  const times = reads.filter((read) => read.side === other && read.seq >= message.seq).map((read) => read.at);
  return times.length === 0 ? null : (Math.min(...times) as Instant);
}

/** Flags of a message: what it was found to be. */
export const flagsOf = (lures: readonly LureKind[], rude: boolean): string[] => [
  ...[...new Set(lures)].map((kind) => `lure:${kind}`),
  ...(rude ? ['rude'] : []),
];
export const luresOf = (flags: readonly string[]): LureKind[] =>
  flags.flatMap((flag) => (flag.startsWith('lure:') ? [flag.slice(5) as LureKind] : []));
