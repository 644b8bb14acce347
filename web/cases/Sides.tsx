import { defenceWords, type DefenceCode } from '../../src/aftersales/exhibits.data.ts';
import { reasons } from '../../src/aftersales/reasons.data.ts';
import { cases as words } from '../text/cases.ts';
import { moment } from '../text/format.ts';
import { shopCases } from '../text/shop-cases.ts';
import { useFrame, useText } from '../text/use.ts';
import { Cite } from '../ui/Cite.tsx';
import { Note } from '../ui/Blank.tsx';
import { Rich } from '../ui/Rich.tsx';
import { Tag } from '../ui/Tag.tsx';
import { demandText, newest, text, type CasePage, type Statement } from './case.view.ts';

/** 事实, 依据, 诉求 beside the reply, and who has to prove it. */
export function Sides({ one }: { one: CasePage }) {
  const t = useText(words);
  const { language } = useFrame();
  const claim = newest(one, 'claim');
  const reply = newest(one, 'refusal', 'offer', 'performance');
  return (
    <section className="card">
      <div className="between">
        <h2>{t('sides')}</h2>
        <Tag>{reasons[one.reason].words[language]}</Tag>
      </div>
      <div className="sides mt-4">
        {claim && <Claim one={one} claim={claim} />}
        <Reply one={one} reply={reply} />
      </div>
      <div className="mt-4">
        <Note>
          <Proving one={one} />
        </Note>
      </div>
    </section>
  );
}

/** Who has to prove it, said to whoever looks. */
export function Proving({ one }: { one: CasePage }) {
  const t = useText(words);
  const m = useText(shopCases);
  const said =
    one.role === 'buyer'
      ? t(one.presumed ? 'presumedNote' : (`burden_${one.burden}` as keyof typeof words))
      : one.presumed
        ? t('m_presumedNote')
        : m(`m_burden_${one.burden}` as keyof typeof shopCases);
  return <Rich text={said} version={one.rulebook} />;
}

function Claim({ one, claim }: { one: CasePage; claim: Statement }) {
  const t = useText(words);
  const { now, language } = useFrame();
  const { body } = claim;
  const articles = (body['articles'] as string[] | undefined) ?? [];
  const code = text(body, 'errorCode');
  return (
    <article>
      <h4>
        {t(one.role === 'buyer' ? 'you' : 'buyerSide')}
        <time>{moment(claim.at, now, language)}</time>
      </h4>
      <dl>
        <dt>{t('fact')}</dt>
        <dd>
          {moment(Number(body['occurredAt'] ?? 0), now, language)}：{text(body, 'symptom')}
          {code !== '' && ` ${t('code', { code })}`}
          <br />
          <span className="sub">{t('tried', { text: text(body, 'triedSteps') })}</span>
        </dd>
        <dt>{t('basis')}</dt>
        <dd>
          {t('basisText', { version: one.version })}
          {articles.map((article) => (
            <Cite key={article} article={article} version={one.rulebook} />
          ))}
          {one.newest > one.version && (
            <>
              <br />
              <span className="sub">
                <Rich text={t('newerListing')} version={one.rulebook} />
              </span>
            </>
          )}
        </dd>
        <dt>{t('demand')}</dt>
        <dd>{demandText(one.asked, language)}</dd>
      </dl>
    </article>
  );
}

function Reply({ one, reply }: { one: CasePage; reply: Statement | undefined }) {
  const t = useText(words);
  const { now, language } = useFrame();
  const shown = one.exhibits.filter((each) => each.by === 'merchant').length;
  return (
    <article>
      <h4>
        {one.shop.name}
        {reply && <time>{moment(reply.at, now, language)}</time>}
      </h4>
      <dl>
        <dt>{t('reply')}</dt>
        <dd className={reply ? undefined : 'sub'}>{reply ? reply.text : t('noReply')}</dd>
        <dt>{t('proofs')}</dt>
        <dd className={shown > 0 ? undefined : 'sub'}>{shown > 0 ? shown : t('noProof')}</dd>
        <dt>{t('standing')}</dt>
        <dd>
          <Standing one={one} reply={reply} />
        </dd>
      </dl>
    </article>
  );
}

function Standing({ one, reply }: { one: CasePage; reply: Statement | undefined }) {
  const t = useText(words);
  const { language } = useFrame();
  if (one.steps.some((step) => step.event === 'agree')) return <Tag tone="ok">{t('agreed')}</Tag>;
  if (one.steps.some((step) => step.event.startsWith('silence'))) return <Tag tone="bad">{t('silent')}</Tag>;
  if (reply?.kind === 'refusal') {
    const why = defenceWords[text(reply.body, 'defence') as DefenceCode]?.[language] ?? '';
    return <Tag tone="bad">{t('refusedFor', { why })}</Tag>;
  }
  if (reply?.kind === 'offer') {
    const offer = { remedy: text(reply.body, 'remedy'), amount: text(reply.body, 'amount') };
    return <Tag tone="hold">{t('offered', { what: demandText(offer, language) })}</Tag>;
  }
  return <Tag tone="hold">{t('notYet')}</Tag>;
}
