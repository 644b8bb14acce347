import type { Instant } from '../kit/time.ts';
import type { Words } from '../kit/text.ts';
import type { TaskName } from './flow.contract.ts';

type Part = {
  /** Keys and hand-made contents: sealed until somebody looks. */
  readonly sealed: boolean;
  readonly verified: boolean;
  readonly revealedAt: Instant | null;
  readonly verifyUntil: Instant | null;
};

/** What the guide of an order is made of: the order's real state, and nothing that it merely remembers. */
export type GuideFacts = {
  readonly state: string;
  readonly mode: string;
  readonly placedAt: Instant;
  readonly paidAt: Instant | null;
  readonly completedAt: Instant | null;
  readonly releaseAt: Instant | null;
  readonly releasedAt: Instant | null;
  readonly payUntil: Instant | null;
  readonly confirmAt: Instant | null;
  readonly parts: readonly Part[];
  readonly lines: readonly {
    readonly state: string;
    readonly mode: string;
    readonly promisedAt: Instant;
    readonly deliveredAt: Instant | null;
  }[];
  /** The four lights: how many are on in the signed log, and when the last came on. */
  readonly fixed: number;
  readonly fixedAt: Instant | null;
  readonly version: number;
  readonly ticked: number;
  readonly tickedAt: Instant | null;
  readonly verifiedShop: boolean;
  readonly steps: readonly { readonly event: string; readonly words: Words; readonly at: Instant }[];
  readonly cases: readonly { readonly filedAt: Instant; readonly endedAt: Instant | null }[];
};

export type Task = {
  readonly task: TaskName;
  readonly state: 'done' | 'now' | 'later';
  readonly done: number;
  readonly of: number;
  readonly by: 'you' | 'shop' | 'platform';
  readonly until: Instant | null;
  readonly at: Instant | null;
  readonly article: string;
};

const over = new Set(['cancelled', 'refunded']);
const latest = (list: readonly (Instant | null)[]): Instant | null =>
  list.reduce<Instant | null>((max, at) => (at !== null && (max === null || at > max) ? at : max), null);
const soonest = (list: readonly (Instant | null)[]): Instant | null =>
  list.reduce<Instant | null>((min, at) => (at !== null && (min === null || at < min) ? at : min), null);

/**
 * What is to be done after a purchase, in its order, each computed from the order itself (F064): 付款, 收货, 揭示, 验证, 归档, 确认. A task that
 * this kind of goods does not have is not there, and there is no review yet, so none is asked for. Of an order that is over only what was done.
 */
export function tasksOf(facts: GuideFacts): Task[] {
  const all = [pay(facts), receive(facts), reveal(facts), verify(facts), archive(facts), confirm(facts)];
  const tasks = all.filter((one) => one !== undefined);
  return over.has(facts.state) ? tasks.filter((one) => one.state === 'done') : tasks;
}

function pay({ paidAt, payUntil }: GuideFacts): Task | undefined {
  if (payUntil === null || paidAt !== null) return undefined;
  return { task: 'pay', state: 'now', done: 0, of: 1, by: 'you', until: payUntil, at: null, article: '43' };
}

/** A parcel that has left kept its promise; when it arrives is nobody's. */
const isPromised = (line: GuideFacts['lines'][number]): boolean =>
  !(line.mode === 'shipping' && line.state === 'delivering');

function receive({ mode, lines, paidAt }: GuideFacts): Task | undefined {
  if (mode === 'pool' || lines.length === 0) return undefined;
  const done = lines.filter((line) => line.state === 'delivered').length;
  const open = lines.filter((line) => ['waiting', 'accepted', 'delivering'].includes(line.state));
  return {
    task: 'receive',
    state: open.length === 0 ? 'done' : paidAt === null ? 'later' : 'now',
    done,
    of: lines.length,
    by: 'shop',
    until: soonest(open.filter(isPromised).map((line) => line.promisedAt)),
    at: open.length === 0 ? latest(lines.map((line) => line.deliveredAt)) : null,
    article: '18',
  };
}

const delivered = ({ state }: GuideFacts): boolean => ['delivered', 'completed'].includes(state);

function reveal(facts: GuideFacts): Task | undefined {
  const { parts } = facts;
  if (parts.length === 0) return undefined;
  const seen = parts.filter((part) => !part.sealed);
  return {
    task: 'reveal',
    state: seen.length === parts.length ? 'done' : delivered(facts) ? 'now' : 'later',
    done: seen.length,
    of: parts.length,
    by: 'you',
    until: seen.length === parts.length ? null : facts.confirmAt,
    at: seen.length === parts.length ? latest(parts.map((part) => part.revealedAt)) : null,
    article: '14',
  };
}

/** Whether a key works is said key by key; hand-made contents and other goods are checked by confirming them. */
function verify(facts: GuideFacts): Task | undefined {
  const { parts, mode } = facts;
  if (mode !== 'pool' || parts.length === 0) return undefined;
  const open = parts.filter((part) => !part.sealed && !part.verified);
  const done = parts.filter((part) => part.verified).length;
  const all = done === parts.length;
  return {
    task: 'verify',
    state: all || facts.completedAt !== null ? 'done' : open.length > 0 ? 'now' : 'later',
    done,
    of: parts.length,
    by: 'you',
    until: all ? null : soonest(open.map((part) => part.verifyUntil)),
    at: null,
    article: '5',
  };
}

/** The platform fixes the evidence by itself; the buyer only sees that it is done. */
function archive({ fixed, fixedAt, paidAt }: GuideFacts): Task | undefined {
  if (paidAt === null) return undefined;
  const isDone = fixed === 4;
  return {
    task: 'archive',
    state: isDone ? 'done' : 'now',
    done: fixed,
    of: 4,
    by: 'platform',
    until: null,
    at: isDone ? fixedAt : null,
    article: '23',
  };
}

function confirm(facts: GuideFacts): Task | undefined {
  if (facts.paidAt === null) return undefined;
  return {
    task: 'confirm',
    state: facts.completedAt !== null ? 'done' : facts.state === 'delivered' ? 'now' : 'later',
    done: facts.completedAt === null ? 0 : 1,
    of: 1,
    by: 'you',
    until: facts.completedAt === null ? facts.confirmAt : null,
    at: facts.completedAt,
    article: '41',
  };
}

/** The task that stands first on the page: the buyer's own before what others do by themselves. */
export const nextTask = (tasks: readonly Task[]): Task | undefined => {
  const now = tasks.filter((one) => one.state === 'now');
  return now.find((one) => one.by === 'you') ?? now.find((one) => one.by === 'shop');
};

export type Moment = {
  readonly phase: 'before' | 'delivery' | 'check' | 'after';
  readonly words: Words;
  readonly state: 'done' | 'now' | 'todo';
  readonly at: Instant | null;
  readonly article: string | null;
};

/** The whole course of an order (F100): what was checked before it, its steps and its goods on the way, the tasks, and the money at its end. */
export function courseOf(facts: GuideFacts): Moment[] {
  return [...before(facts), ...trade(facts), ...checks(facts), ...after(facts)];
}

const moment = (
  phase: Moment['phase'],
  state: Moment['state'],
  at: Instant | null,
  article: string | null,
  zh: string,
  en: string,
): Moment => ({ phase, state, at, article, words: { zh, en } });

function before(facts: GuideFacts): Moment[] {
  const { placedAt, ticked, tickedAt, version } = facts;
  return [
    ...(facts.verifiedShop
      ? [moment('before', 'done', null, '7', '卖家身份已核验', 'The seller’s identity was checked')]
      : []),
    moment(
      'before',
      'done',
      placedAt,
      '10',
      `商品页第 ${version} 版已固定`,
      `Version ${version} of the listing was fixed`,
    ),
    ...(ticked > 0
      ? [
          moment(
            'before',
            'done',
            tickedAt,
            '8',
            `你逐条确认了 ${ticked} 项提示`,
            `You ticked ${ticked} notices one by one`,
          ),
        ]
      : []),
  ];
}

const laterSteps = new Set(['confirm', 'lapse', 'release']);

function trade({ steps, lines, state }: GuideFacts): Moment[] {
  const made = steps
    .filter(({ event }) => !laterSteps.has(event))
    .map((step) => ({
      phase: 'delivery' as const,
      state: 'done' as const,
      at: step.at,
      article: null,
      words: step.words,
    }));
  const open = over.has(state)
    ? []
    : lines.filter((line) => ['waiting', 'accepted', 'delivering'].includes(line.state) && isPromised(line));
  const due = soonest(open.map((line) => line.promisedAt));
  return due === null
    ? made
    : [...made, moment('delivery', 'now', due, '18', '最迟这时交付', 'To be delivered by then')];
}

const taskWords: Readonly<Partial<Record<TaskName, Words>>> = {
  reveal: { zh: '查看卡密', en: 'Look at the keys' },
  verify: { zh: '试过，能用', en: 'Tried, and it works' },
  archive: { zh: '四项证据固定', en: 'Four kinds of evidence fixed' },
};

function checks(facts: GuideFacts): Moment[] {
  const asked = tasksOf(facts).flatMap((task): Moment[] => {
    const words = taskWords[task.task];
    if (!words) return [];
    const count = task.of > 1 ? ` ${task.done} / ${task.of}` : '';
    return [
      {
        phase: 'check',
        state: task.state === 'later' ? 'todo' : task.state,
        at: task.state === 'done' ? task.at : task.until,
        article: task.article,
        words: { zh: `${words.zh}${count}`, en: `${words.en}${count}` },
      },
    ];
  });
  const cases = facts.cases.map((one) =>
    one.endedAt === null
      ? moment('check', 'now', one.filedAt, '24', '申诉处理中，钱冻结', 'A claim is open; the money is held')
      : moment('check', 'done', one.endedAt, '24', '申诉结束', 'A claim ended'),
  );
  return [...asked, ...cases];
}

function after(facts: GuideFacts): Moment[] {
  if (facts.paidAt === null || over.has(facts.state)) return [];
  const { completedAt, confirmAt, releaseAt, releasedAt } = facts;
  const byClock = facts.steps.some(({ event }) => event === 'lapse');
  return [
    completedAt === null
      ? moment(
          'after',
          facts.state === 'delivered' ? 'now' : 'todo',
          confirmAt,
          '41',
          '确认收货，到时间自动确认',
          'Confirm; it happens by itself at that time',
        )
      : byClock
        ? moment('after', 'done', completedAt, '41', '到时间自动确认', 'Confirmed by the clock')
        : moment('after', 'done', completedAt, '41', '你确认了收货', 'You confirmed'),
    releasedAt === null
      ? moment('after', 'todo', releaseAt, '42', '货款结算给商家', 'The money goes to the shop')
      : moment('after', 'done', releasedAt, '42', '货款已结算给商家', 'The money went to the shop'),
  ];
}
