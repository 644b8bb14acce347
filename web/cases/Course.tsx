import { liableWords, remedyWords, sourceWords, type Liable } from '../../src/aftersales/words.contract.ts';
import { cases as words } from '../text/cases.ts';
import { moment, money } from '../text/format.ts';
import { useFrame, useText } from '../text/use.ts';
import { Cite } from '../ui/Cite.tsx';
import { Facts } from '../ui/Facts.tsx';
import { MoneyPath } from '../ui/MoneyPath.tsx';
import { Rich } from '../ui/Rich.tsx';
import { Timeline, type Step } from '../ui/Timeline.tsx';
import { sumOf, text, timeOf, type CasePage, type Statement } from './case.view.ts';

/** Where the money of a case is: frozen in escrow, back with the buyer, or settled. */
export function CaseMoney({ one }: { one: CasePage }) {
  const t = useText(words);
  const isBack = one.execution !== null && BigInt(one.execution.amount) > 0n;
  const at = isBack ? 'you' : BigInt(one.held) > 0n ? 'escrow' : 'shop';
  return (
    <>
      <MoneyPath
        title={t(at === 'you' ? 'moneyBack' : at === 'shop' ? 'moneyShop' : 'moneyFrozen')}
        fen={sumOf(one)}
        at={at}
        frozen={one.endedAt === null}
        lines={{
          you: isBack ? t('moneyHere') : t('moneyPaid'),
          escrow: at === 'escrow' ? t('moneyHeldFor') : t('moneyGone'),
          shop: at === 'shop' ? t('moneyGot') : t(isBack ? 'moneyGone' : 'moneyNever'),
        }}
      >
        <Rich text={t(isBack ? 'moneyTextBack' : 'moneyText')} version={one.rulebook} />
      </MoneyPath>
      <PaidFrom one={one} />
    </>
  );
}

/** Who paid how much of what went back. */
export function PaidFrom({ one }: { one: CasePage }) {
  const t = useText(words);
  const { language } = useFrame();
  if (!one.execution || one.execution.shares.length === 0) return null;
  return (
    <section className="card">
      <h3>{t('moneyFrom')}</h3>
      <Facts
        facts={one.execution.shares.map((share) => ({
          name: sourceWords[share.source][language],
          value: money(share.amount),
        }))}
      />
    </section>
  );
}

/** What happened, by which article, and what comes. */
export function Course({ one }: { one: CasePage }) {
  const t = useText(words);
  const { now, language } = useFrame();
  const done = one.steps.map((step): Step => ({
    state: 'done',
    text: (
      <>
        {step.words[language]}
        <Cite article={step.article} version={one.rulebook} />
      </>
    ),
    time: moment(step.at, now, language),
  }));
  const next: Step[] =
    one.dueAt === null || one.state === 'executed'
      ? []
      : [
          {
            state: 'now',
            text: t(waitsFor(one)),
            time: timeOf(one, now, language),
          },
          ...(one.state === 'negotiation' || one.state === 'refused'
            ? [{ state: 'todo' as const, text: t('todo_decide'), time: t('todo_decide_x') }]
            : []),
          ...(one.award?.remedy === 'none'
            ? []
            : [{ state: 'todo' as const, text: t('todo_execute'), time: t('todo_execute_x') }]),
        ];
  return (
    <section className="card">
      <h3 className="mb-3">{t('steps')}</h3>
      <Timeline steps={[...done, ...next]} />
    </section>
  );
}

/** What a case waits for, said to whoever looks. */
function waitsFor({ state, turn, role }: CasePage): keyof typeof words {
  if (state === 'decided' || state === 'awarded') return 'waitsFinal';
  if (turn === null) return 'waitsClose';
  if (turn === 'platform') return 'who_platform';
  if (turn === role) return 'who_buyer';
  return turn === 'buyer' ? 'm_buyersTurn' : 'm_shopsTurn';
}

/** A decision as it was issued: findings, evidence, liability with its articles, and what it awards. */
export function Decision({ one, said }: { one: CasePage; said: Statement }) {
  const t = useText(words);
  const { now, language } = useFrame();
  const { body } = said;
  const articles = (body['articles'] as string[] | undefined) ?? [];
  const shares = Object.entries((body['liability'] as Record<Liable, number> | undefined) ?? {}).filter(
    ([, share]) => share > 0,
  );
  const remedy = text(body, 'remedy') as keyof typeof remedyWords;
  return (
    <section className="card judgment">
      <div className="between">
        <h2 className="song">
          {t(said.kind === 'ruling' || said.kind === 'award' ? said.kind : 'decision')}
        </h2>
        <time className="mute">{moment(said.at, now, language)}</time>
      </div>
      <h4>{t('found')}</h4>
      <p>{text(body, 'facts')}</p>
      <h4>{t('weighed')}</h4>
      <p>{text(body, 'weighing')}</p>
      <h4>{t('reasoned')}</h4>
      <p>
        {text(body, 'reasons')}
        {articles.map((article) => (
          <Cite key={article} article={article} version={one.rulebook} />
        ))}
      </p>
      <p className="mute">
        {shares
          .map(([who, share]) => t('liabilityLine', { who: liableWords[who as Liable][language], share }))
          .join(' · ')}
      </p>
      <h4>{t('resolved')}</h4>
      <p>
        <b>
          {remedyWords[remedy][language]}
          {remedy === 'refund' && ` ${money(text(body, 'amount'))}`}
        </b>
      </p>
    </section>
  );
}
