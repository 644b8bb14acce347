import { must } from '../kit/assert.ts';
import type { Words } from '../kit/text.ts';
import { instant, type Instant } from '../kit/time.ts';
import type { Derivation } from './calendar.contract.ts';
import { calendarNow, coveredUntil, dueOf } from './calendar.rules.ts';
import type { Clock, Effect, Param } from './contract.ts';
import { nominalOf, outagesIn } from './outages.rules.ts';
import { cite, dueText, limitFrom, paramsIn, sayParam } from './rules.ts';
import { bookOf, versionAt } from './shelf.rules.ts';

/** A running deadline as its row says. */
export type Row = {
  readonly what: string;
  readonly article: string;
  readonly version: string;
  readonly clock: Clock;
  readonly startAt: Instant;
  readonly dueAt: Instant;
  readonly paused: number;
};

type DeadlineEffect = Extract<Effect, { kind: 'deadline' }>;
type Source = { readonly effect: DeadlineEffect; readonly name: string; readonly param: Param };

/**
 * How the time of a deadline came about: which parameter of which version and article, on which clock, from when, with which outages. The
 * parameter is found by computing it again from the start of the row, so what is shown is what the time rests on, and a time that no
 * parameter gives is told as the promise it is.
 */
export function derivationOf(row: Row): Derivation {
  const version = bookOf(row.version) ? row.version : versionAt(row.startAt);
  const nominal = nominalOf(row);
  const source = sourceOf(version, row, nominal);
  const clock = (source && limitFrom(source.param)?.clock) ?? row.clock;
  const provisional = clock !== 'elapsed' && row.dueAt > coveredUntil(calendarNow());
  const article = source?.effect.article ?? row.article;
  const effect = source?.effect ?? effectsOf(version, row.what)[0];
  return {
    what: row.what,
    article,
    version,
    param: source?.name ?? null,
    said: source ? sayParam(source.param) : null,
    clock,
    start: effect?.start ?? null,
    startAt: row.startAt,
    nominalAt: nominal,
    pauses: outagesIn(row).map(({ from, to, reason }) => ({ from, to, reason })),
    dueAt: row.dueAt,
    calendar: calendarNow().version,
    provisional,
    who: effect?.who ?? null,
    then: [...(effect?.onExpiry ?? [])],
    text: sentence({ ...row, version, article }, source, provisional),
  };
}

/** The effects that set a kind of deadline. */
const effectsOf = (version: string, what: string): DeadlineEffect[] =>
  must(bookOf(version), 'the version is there').effects.filter(
    (effect): effect is DeadlineEffect => effect.kind === 'deadline' && effect.id === what,
  );

/** The effects that set this kind of deadline, and of their parameters the one that gives this end. */
function sourceOf(version: string, row: Row, nominal: Instant): Source | undefined {
  const params = paramsIn(must(bookOf(version), 'the version is there'));
  const sources = effectsOf(version, row.what).flatMap((effect): Source[] =>
    (effect.params ?? []).flatMap((name) => {
      const param = params.get(name)?.param;
      return param ? [{ effect, name, param }] : [];
    }),
  );
  const ends = sources.flatMap((source) => {
    const limit = limitFrom(source.param);
    return limit ? [{ source, limit, dueAt: dueOf(row.startAt, limit).dueAt }] : [];
  });
  const exact = ends.find(({ dueAt }) => dueAt === nominal);
  // A time that was told and would be earlier by a newer calendar stays as it was told (article 6).
  const kept = ends.find(({ limit, dueAt }) => limit.clock !== 'elapsed' && dueAt < nominal);
  return (exact ?? kept)?.source;
}

function sentence(row: Row, source: Source | undefined, provisional: boolean): Words {
  const { label } = cite(row.version, row.article);
  const [from, until] = [dueText(row.startAt), dueText(row.dueAt)];
  const said = source ? sayParam(source.param) : { zh: '商品页约定的时限', en: 'as promised on the listing' };
  const minutes = Math.ceil(row.paused / 60_000);
  const paused =
    minutes === 0
      ? { zh: '', en: '' }
      : {
          zh: `，平台故障顺延 ${minutes} 分钟`,
          en: `, ${minutes} minutes added for outages of the platform`,
        };
  return {
    zh: `按${label.zh}，从北京时间 ${from} 起算，${said.zh}${paused.zh}，到 ${until} 为止。${provisional ? '涉及的放假安排还没公布，先这样暂计，公布后只会更晚。' : ''}`,
    en: `By the ${label.en}: from ${from} Beijing time, ${said.en}${paused.en}, until ${until}.${provisional ? ' The days off of that year are not published yet; it can only become later.' : ''}`,
  };
}

/**
 * The same deadline counted with a newer calendar (article 6): undefined when it stays. What people were told is never shortened. `before` is
 * the calendar that it was set with.
 */
export function recounted(
  row: Row,
  before: Parameters<typeof dueOf>[2],
): { dueAt: Instant; paused: number } | undefined {
  const version = bookOf(row.version) ? row.version : versionAt(row.startAt);
  const nominal = nominalOf(row);
  const params = paramsIn(must(bookOf(version), 'the version is there'));
  for (const effect of effectsOf(version, row.what)) {
    for (const name of effect.params ?? []) {
      const param = params.get(name)?.param;
      const limit = param && limitFrom(param);
      if (!limit || limit.clock === 'elapsed' || dueOf(row.startAt, limit, before).dueAt !== nominal)
        continue;
      const anew = dueOf(row.startAt, limit).dueAt;
      return anew > nominal ? { dueAt: instant(anew + row.paused), paused: row.paused } : undefined;
    }
  }
  return undefined;
}

export type StepTold = {
  readonly at: Instant;
  readonly event: string;
  readonly state: string;
  readonly by: string;
  readonly article: string;
};

/** The whole derivation as lines of text: each step with the article that permits it, each running time with how it came about. */
export function explanationText(p: {
  head: string;
  rulebook: string;
  steps: readonly StepTold[];
  derivations: readonly Derivation[];
}): Words {
  const steps = p.steps.map(({ at, event, state, by, article }) => ({
    line: `  ${dueText(at)}  ${event} → ${state}  (${by})`,
    article,
  }));
  const inVersion = bookOf(p.rulebook) ? p.rulebook : versionAt(instant(0));
  return {
    zh: [
      `${p.head}，按《${must(bookOf(inVersion), 'the version is there').title.zh}》${p.rulebook}`,
      ...steps.map(({ line, article }) => `${line}  第${article}条`),
      ...p.derivations.map(({ what, text }) => `  ${what}：${text.zh}`),
    ].join('\n'),
    en: [
      `${p.head}, by the rules ${p.rulebook}`,
      ...steps.map(({ line, article }) => `${line}  article ${article}`),
      ...p.derivations.map(({ what, text }) => `  ${what}: ${text.en}`),
    ].join('\n'),
  };
}
