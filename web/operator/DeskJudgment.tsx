import { useRef } from 'react';
import { Form, useFetcher } from 'react-router';
import { reasons, type ReasonCode } from '../../src/aftersales/reasons.data.ts';
import { remedyWords, sourceWords } from '../../src/aftersales/words.contract.ts';
import type { Answers } from '../api.ts';
import type { CasePage } from '../cases/case.view.ts';
import { desk as words } from '../text/desk.ts';
import { money } from '../text/format.ts';
import { queue } from '../text/queue.ts';
import { useFrame, useText } from '../text/use.ts';
import { Act } from '../ui/Act.tsx';
import { Submit } from '../ui/Button.tsx';
import { Facts } from '../ui/Facts.tsx';
import { Input, Select, Textarea } from '../ui/Field.tsx';
import { Rich } from '../ui/Rich.tsx';
import { liabilities } from './liabilities.ts';

export type Payout = Answers['desk']['preview'];
export type Typed = Readonly<Record<string, string>>;
export type ArticleChoice = { readonly no: string; readonly title: string; readonly near: boolean };
type Props = {
  one: CasePage;
  payout: Payout;
  typed: Typed;
  /** Several boxes of one name do not fit into `typed`. */
  ticked: readonly string[];
  articles: readonly ArticleChoice[];
};

/** A decision: findings, weighing, liability with its articles, the result, and which money it will move, before it is pressed (F212). */
export function Judgment({
  one,
  payout,
  typed,
  ticked,
  articles,
  intent,
}: Props & { intent: 'judge' | 'rule' }) {
  const t = useText(words);
  const form = useRef<HTMLFormElement>(null);
  const asked = useFetcher<{ payout?: Payout }>();
  const shown = asked.data?.payout ?? payout;
  // With JavaScript the sums follow what is chosen; without it the button below asks for them.
  const ask = (): void => {
    if (!form.current) return;
    const given = new FormData(form.current);
    given.set('intent', 'preview');
    void asked.submit(given, { method: 'post' });
  };
  return (
    <section className="card draft">
      <h2 className="song mb-3">{t(intent === 'rule' ? 'rulingTitle' : 'judgment')}</h2>
      <Form method="post" className="stack" ref={form}>
        <Textarea
          label={t('p1')}
          hint={t('p1hint')}
          name="facts"
          required
          minLength={10}
          maxLength={4000}
          defaultValue={typed['facts']}
        />
        <Textarea
          label={t('p2')}
          name="weighing"
          required
          minLength={2}
          maxLength={4000}
          defaultValue={typed['weighing']}
        />
        <Textarea
          label={t('p2b')}
          name="reasons"
          required
          minLength={10}
          maxLength={4000}
          defaultValue={typed['reasons']}
        />
        <Articles one={one} typed={typed} ticked={ticked} articles={articles} />
        <Result one={one} typed={typed} changed={ask} />
        <Preview payout={shown} typed={asked.data?.payout !== undefined || typed['remedy'] !== undefined} />
        <Act
          consequence={
            <Rich text={t(intent === 'rule' ? 'ruleAfter' : 'decideAfter')} version={one.rulebook} />
          }
        >
          <Submit intent={intent}>{t(intent === 'rule' ? 'rule' : 'decide')}</Submit>
        </Act>
      </Form>
    </section>
  );
}

/** The articles that the decision rests on: those of this case one tick away, all others behind a fold, or by their numbers. */
function Articles({ one, typed, ticked, articles }: Omit<Props, 'payout'>) {
  const t = useText(words);
  const q = useText(queue);
  const box = (each: ArticleChoice) => (
    <label className="tick" key={each.no}>
      <input type="checkbox" name="article" value={each.no} defaultChecked={ticked.includes(each.no)} />
      <span>
        <Rich text={`${each.title} [[${each.no}]]`} version={one.rulebook} />
      </span>
    </label>
  );
  const near = articles.filter((each) => each.near);
  const rest = articles.filter((each) => !each.near);
  return (
    <fieldset className="cite-pick">
      <legend>{q('pick')}</legend>
      {near.map(box)}
      <details open={rest.some((each) => ticked.includes(each.no))}>
        <summary>{q('pickAll')}</summary>
        <div className="cite-all">{rest.map(box)}</div>
      </details>
      <Input
        label={t('articles')}
        hint={<Rich text={t('articlesHint')} version={one.rulebook} />}
        name="articles"
        defaultValue={typed['articles']}
        maxLength={100}
      />
    </fieldset>
  );
}

/** What is awarded, who answers for it, and the scene that fits. */
function Result({ one, typed, changed }: { one: CasePage; typed: Typed; changed: () => void }) {
  const t = useText(words);
  const { language } = useFrame();
  return (
    <>
      <Select
        label={t('remedy')}
        name="remedy"
        onChange={changed}
        defaultValue={typed['remedy'] ?? one.asked.remedy}
        options={[...reasons[one.reason].remedies, 'none' as const].map((remedy) => ({
          value: remedy,
          label: remedyWords[remedy][language],
        }))}
      />
      <Input
        label={t('amount')}
        hint={t('amountHint', { amount: money(one.refundable) })}
        name="amount"
        inputMode="decimal"
        pattern="\d{1,9}(\.\d{1,2})?"
        defaultValue={typed['amount']}
        onBlur={changed}
      />
      <Select
        label={t('shares')}
        name="liability"
        onChange={changed}
        defaultValue={typed['liability'] ?? 'merchant'}
        options={(Object.keys(liabilities) as (keyof typeof liabilities)[]).map((name) => ({
          value: name,
          label: t(`share_${name}`),
        }))}
      />
      <Select
        label={t('reclass')}
        name="reason"
        defaultValue={typed['reason'] ?? ''}
        options={[
          { value: '', label: t('reclassNo') },
          ...(Object.keys(reasons) as ReasonCode[]).map((code) => ({
            value: code,
            label: reasons[code].words[language],
          })),
        ]}
      />
    </>
  );
}

/** Who pays what, with the accounts as they stand now. */
function Preview({ payout, typed }: { payout: Payout; typed: boolean }) {
  const t = useText(words);
  const q = useText(queue);
  const { language } = useFrame();
  const limit = money(payout.limit);
  const isNothing = BigInt(payout.amount) === 0n;
  return (
    <div aria-live="polite">
      <h4>{t('money')}</h4>
      <p className="mute">
        {isNothing
          ? q('computedNone')
          : typed
            ? q('computed', { amount: money(payout.amount) })
            : t('moneyLead', { amount: money(payout.amount) })}
      </p>
      <Facts
        facts={[
          ...payout.shares.map((share) => ({
            name: sourceWords[share.source][language],
            value: money(share.amount),
          })),
          ...(isNothing ? [] : [{ name: q('buyerGets'), value: <b>{money(payout.amount)}</b> }]),
          { name: t('two'), value: t(payout.twoPeople ? 'twoYes' : 'twoNo', { limit }) },
        ]}
      />
      <noscript>
        <button className="btn line s" type="submit" name="intent" value="preview" formNoValidate>
          {q('compute')}
        </button>
      </noscript>
    </div>
  );
}
