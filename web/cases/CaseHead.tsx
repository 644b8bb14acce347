import { caseStateWords } from '../../src/aftersales/words.contract.ts';
import { reasons } from '../../src/aftersales/reasons.data.ts';
import { cases as words } from '../text/cases.ts';
import { deadline, money } from '../text/format.ts';
import { useFrame, useText, type Say } from '../text/use.ts';
import { Clock } from '../ui/Clock.tsx';
import { Rich } from '../ui/Rich.tsx';
import { Tag } from '../ui/Tag.tsx';
import { ifsOf, otherwiseOf, sumOf, timeOf, type CasePage } from './case.view.ts';

/** A heading breaks between its phrases and never inside a word. */
export function Phrases({ text }: { text: string }) {
  return text.split(/(?<=[，；。;,：])/).map((phrase, index) => (
    <span key={index} className={/[\u3400-\u9fff]/.test(phrase) && phrase.length < 14 ? 'nb' : undefined}>
      {phrase}
    </span>
  ));
}

/** Whose turn it is and until when, beside the only things that can happen next. */
export function CaseAnswer({ one, whose }: { one: CasePage; whose: 'buyer' | 'merchant' | 'staff' }) {
  const t = useText(words);
  const { now, language } = useFrame();
  const ifs = whose === 'buyer' ? ifsOf(one) : [];
  const time = timeOf(one, now, language);
  const values = {
    time: one.state === 'negotiation' || one.decideBy === null ? time : deadline(one.decideBy, now, language),
    amount: money(sumOf(one)),
    shop: one.shop.name,
  };
  if (one.dueAt === null && ifs.length === 0) return null;
  return (
    <section className={ifs.length > 0 ? 'answer' : 'answer alone'}>
      {one.dueAt !== null && <CaseClock one={one} whose={whose} />}
      {ifs.length > 0 && (
        <div className="ifs">
          <h3>{t('ifs')}</h3>
          <ul>
            {ifs.map((each) => (
              <li key={each.title}>
                <b>{t(each.title, values)}</b>
                <span>
                  <Rich text={t(each.text, values)} version={one.rulebook} />
                </span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}

function CaseClock({ one, whose }: { one: CasePage; whose: 'buyer' | 'merchant' | 'staff' }) {
  const t = useText(words);
  const { now, language } = useFrame();
  const otherwise = otherwiseOf(one, whose);
  const isMine = one.turn !== null && one.turn === whose;
  const who = whoOf(one, whose, t);
  const late = one.decideBy !== null && one.decideBy !== one.dueAt;
  return (
    <Clock
      label={t('crumb')}
      who={who}
      due={one.dueAt ?? now}
      since={one.sinceAt ?? undefined}
      tone={(isMine && whose === 'buyer') || one.state === 'executed' ? 'calm' : undefined}
      provisional={one.provisional}
    >
      {otherwise && <Rich text={t(otherwise)} version={one.rulebook} />}
      {late && one.decideBy && (
        <>
          <br />
          {t('decideBy', { time: deadline(one.decideBy, now, language) })}
        </>
      )}
    </Clock>
  );
}

function whoOf(one: CasePage, whose: 'buyer' | 'merchant' | 'staff', t: Say<typeof words>): string {
  if (one.state === 'decided' || one.state === 'awarded') return t('who_final');
  if (one.turn === null) return t('who_close');
  if (one.turn === 'platform') return t('who_platform');
  if (one.turn === whose) return t('who_buyer');
  return one.turn === 'merchant' ? t('who_merchant', { shop: one.shop.name }) : t('m_buyersTurn');
}

/** The scene and the state of a case, in words. */
export function CaseTags({ one }: { one: CasePage }) {
  const { language } = useFrame();
  const isOpen = one.endedAt === null;
  return (
    <p className="row">
      <Tag>{reasons[one.reason].words[language]}</Tag>
      <Tag tone={one.state === 'executed' || one.state === 'closed' ? 'ok' : isOpen ? 'hold' : undefined}>
        {caseStateWords[one.state][language]}
      </Tag>
    </p>
  );
}
