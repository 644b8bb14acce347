import { Form } from 'react-router';
import { remedyWords } from '../../src/aftersales/words.contract.ts';
import type { Answers } from '../api.ts';
import { Fold } from '../buyer/CaseActs.tsx';
import { court as words } from '../text/court.ts';
import { moment, money } from '../text/format.ts';
import { useFrame, useText } from '../text/use.ts';
import { Act } from '../ui/Act.tsx';
import { Note } from '../ui/Blank.tsx';
import { ButtonLink, Submit } from '../ui/Button.tsx';
import { Facts } from '../ui/Facts.tsx';
import { Select, Textarea } from '../ui/Field.tsx';
import { Rich } from '../ui/Rich.tsx';
import { Tag } from '../ui/Tag.tsx';
import { text, type CasePage, type Statement } from './case.view.ts';

export type Hearing = Answers['panel']['tribunals'];
export type Tribunal = Hearing['tribunals'][number];
type Seat = Tribunal['members'][number];
type Key = keyof typeof words;
const grounds = ['new_evidence', 'procedure', 'wrong_article', 'conflict'] as const;

/** On the page of a case: the way to the panel, or to how it goes. */
export function HearingLink({ one, href }: { one: CasePage; href: string }) {
  const t = useText(words);
  const inHearing = ['jury_asked', 'jury', 'arbitration', 'chaired', 'awarded', 'appealed'].includes(
    one.state,
  );
  const was = one.steps.some((step) => step.event === 'arbitrate' || step.event === 'ask_jury');
  if (one.state !== 'decided' && !inHearing && !was) return null;
  const won =
    one.award !== null &&
    (one.role === 'buyer'
      ? one.award.remedy !== 'none'
      : one.role === 'merchant' && one.award.remedy === 'none');
  return (
    <section className="card">
      <h3 className="mb-2">{t('title')}</h3>
      {one.state === 'decided' && (
        <p className="sub mb-3">
          <Rich text={t(won ? 'toHearingWon' : 'toHearingText')} version={one.rulebook} />
        </p>
      )}
      <ButtonLink href={href} kind="line">
        {t(one.state !== 'decided' ? 'see' : one.role === 'staff' || won ? 'seeWay' : 'toHearing')}
      </ButtonLink>
    </section>
  );
}

/** What a party can do about the second instance now. */
export function Wishes({ one, hearing }: { one: CasePage; hearing: Hearing }) {
  const t = useText(words);
  const able = (name: string): boolean => hearing.able[name]?.ok === true;
  if (able('consent'))
    return (
      <section className="card">
        <Form method="post" className="stack">
          <Act consequence={<Rich text={t('consentAfter')} version={one.rulebook} />}>
            <Submit intent="consent">{t('consent')}</Submit>
          </Act>
          <Submit intent="prefer" kind="line">
            {t('prefer')}
          </Submit>
        </Form>
      </section>
    );
  if (one.state === 'jury_asked')
    return (
      <section className="card">
        <h3>{t('waitConsent')}</h3>
        <p className="sub">
          <Rich text={t('waitConsentText')} version={one.rulebook} />
        </p>
      </section>
    );
  if (!able('arbitrate')) return null;
  return (
    <section className="card stack">
      <Wish intent="arbitrate" title="wish" after="wishAfter" one={one} />
      {able('jury') && <Wish intent="ask_jury" title="jury" after="juryAfter" one={one} />}
    </section>
  );
}

function Wish(p: { intent: string; title: Key; after: Key; one: CasePage }) {
  const t = useText(words);
  return (
    <Fold
      title={t(p.title)}
      kind={p.intent === 'arbitrate' ? 'filled' : 'line'}
      after={<Rich text={t(p.after)} version={p.one.rulebook} />}
    >
      <Form method="post" className="stack">
        <Select
          label={t('ground')}
          name="ground"
          options={grounds.map((ground) => ({ value: ground, label: t(`ground_${ground}`) }))}
        />
        <Textarea label={t('text')} name="text" required minLength={2} maxLength={2000} />
        <Submit intent={p.intent}>{t(p.title)}</Submit>
      </Form>
    </Fold>
  );
}

/** One tribunal: who sits, who has voted, and at its end what each said. */
export function Bench({ one, w, staff }: { one: CasePage; w: Tribunal; staff: boolean }) {
  const t = useText(words);
  const { now, language } = useFrame();
  return (
    <section className="card">
      <div className="between mb-2">
        <h2>{t(w.kind === 'panel' ? 'panel' : 'juryTitle')}</h2>
        <Tag tone={w.state === 'decided' ? 'ok' : w.endedAt ? undefined : 'hold'}>
          {t(`state_${w.state}` as Key)}
        </Tag>
      </div>
      {w.state === 'drawing' && <p className="sub">{t('drawing')}</p>}
      {w.members.length > 0 && (
        <ul className="lines">
          {w.members.map((member) => (
            <li key={member.seat}>
              <Member one={one} w={w} seat={member} staff={staff} />
            </li>
          ))}
        </ul>
      )}
      {w.drawnAt && !w.endedAt && <p className="mute mt-3">{t('votesLater')}</p>}
      <p className="mute mt-2">{moment(w.drawnAt ?? w.askedAt, now, language)}</p>
    </section>
  );
}

function voteText(
  seat: Seat,
  t: (key: Key, values?: Record<string, string>) => string,
  language: 'zh' | 'en',
) {
  if (!seat.vote) return '';
  const { choice, amount } = seat.vote;
  if (choice === 'buyer' || choice === 'merchant') return t(`for_${choice}`);
  const word = remedyWords[choice as keyof typeof remedyWords][language];
  return choice === 'refund' && amount !== null ? `${word} ${money(amount)}` : word;
}

function Member({ one, w, seat, staff }: { one: CasePage; w: Tribunal; seat: Seat; staff: boolean }) {
  const t = useText(words);
  const { language } = useFrame();
  const status: Key =
    seat.state !== 'seated'
      ? seat.state === 'late'
        ? 'late'
        : 'recused'
      : seat.voted
        ? 'voted'
        : 'notVoted';
  const canDoubt =
    w.kind === 'panel' && one.state === 'arbitration' && seat.state === 'seated' && !seat.doubt && !staff;
  return (
    <>
      <p className="between">
        <b>
          {seat.name ?? t('juror', { seat: seat.seat.slice(0, 4) })}
          {seat.mine && `（${t('you')}）`}
        </b>
        <span className="mute">
          {t('seat', { rank: String(seat.rank) })} · {t(status)}
        </span>
      </p>
      {seat.vote && (
        <>
          <p className="sub">{t('voteFor', { what: voteText(seat, t, language) })}</p>
          <p className="sub">{seat.vote.reasons}</p>
        </>
      )}
      {seat.doubt && <Doubt one={one} seat={seat} staff={staff} />}
      {canDoubt && (
        <Fold title={t('doubt')} after={<Rich text={t('doubtAfter')} version={one.rulebook} />}>
          <Form method="post" className="stack">
            <input type="hidden" name="seat" value={seat.seat} />
            <Textarea label={t('text')} name="text" required minLength={5} maxLength={1000} />
            <Submit intent="doubt">{t('doubt')}</Submit>
          </Form>
        </Fold>
      )}
    </>
  );
}

function Doubt({ one, seat, staff }: { one: CasePage; seat: Seat; staff: boolean }) {
  const t = useText(words);
  const { doubt } = seat;
  if (!doubt) return null;
  return (
    <>
      <p className="sub">
        {t('doubted', { by: t(`by_${doubt.by}` as Key), text: doubt.text })} ·{' '}
        {t(`doubt_${doubt.state}` as Key)}
        {doubt.reasons && ` · ${doubt.reasons}`}
      </p>
      {staff && doubt.state === 'open' && !seat.mine && one.state === 'arbitration' && (
        <Form method="post" className="stack">
          <input type="hidden" name="seat" value={seat.seat} />
          <Textarea label={t('reasons')} name="text" required minLength={10} maxLength={1000} />
          <p className="row">
            <Submit intent="grant">{t('grant')}</Submit>
            <Submit intent="dismiss" kind="line">
              {t('dismiss')}
            </Submit>
          </p>
        </Form>
      )}
    </>
  );
}

/** Everything that it takes to draw the same lot again. */
export function Draw({ w }: { w: Tribunal }) {
  const t = useText(words);
  return (
    <section className="card">
      <details>
        <summary>{t('draw')}</summary>
        <p className="sub mt-2">{t('drawText')}</p>
        <Facts
          wide
          facts={[
            { name: t('listCount'), value: w.list.length },
            { name: t('listHash'), value: <span className="mono hash">{w.listSha256}</span> },
            ...(w.draw
              ? [
                  {
                    name: t('checkpoint'),
                    value: (
                      <>
                        {t('checkpointText', { size: w.draw.size })}
                        <br />
                        <span className="mono hash">{w.draw.root}</span>
                      </>
                    ),
                  },
                  { name: t('lot'), value: <Lot text={w.draw.text} /> },
                  { name: t('order'), value: <span className="mono hash">{w.draw.order.join(' ')}</span> },
                ]
              : []),
          ]}
        />
      </details>
    </section>
  );
}

const Lot = ({ text: lot }: { text: string }) => (
  <span className="mono hash">
    {lot.split('\n').map((line, n) => (
      <span key={n}>
        {line}
        <br />
      </span>
    ))}
  </span>
);

/** What a jury found, in votes. */
export function Verdict({ one }: { one: CasePage }) {
  const t = useText(words);
  const { language } = useFrame();
  const said: Statement | undefined = one.statements.findLast((each) => each.kind === 'verdict');
  if (!said) return null;
  const remedy = text(said.body, 'remedy') as keyof typeof remedyWords;
  return (
    <section className="card judgment">
      <h2 className="song">{t('verdict')}</h2>
      <p>{t('verdictText', { buyer: text(said.body, 'buyer'), merchant: text(said.body, 'merchant') })}</p>
      <p>
        <b>
          {remedyWords[remedy][language]}
          {remedy === 'refund' && ` ${money(text(said.body, 'amount'))}`}
        </b>
      </p>
    </section>
  );
}

type Group = Answers['groups']['ofCase'];

/** That a case is heard with others of its batch, what the representative says, and the way out. `to`: where the forms go. */
export function InGroup({ one, group, to }: { one: CasePage; group: Group; to: string }) {
  const t = useText(words);
  const { now, language } = useFrame();
  const { group: g, able } = group;
  if (!g) return null;
  if (g.left) return <Note>{t('leftGroup')}</Note>;
  if (g.state === 'dissolved') return null;
  return (
    <section className="card" id="group">
      <div className="between mb-2">
        <h3>{t('inGroup', { cases: g.cases })}</h3>
        <Tag tone={g.state === 'decided' ? 'ok' : 'hold'}>{t(`group_${g.state}`)}</Tag>
      </div>
      <p className="sub">
        <Rich
          text={t(one.role === 'merchant' ? 'inGroupShop' : 'inGroupText', { cases: g.cases })}
          version={one.rulebook}
        />
      </p>
      {g.words.length > 0 && (
        <>
          <h4 className="mt-3">{t('wordsTitle')}</h4>
          {g.words.map((said) => (
            <p key={said.number} className="sub">
              {said.text} <time className="mute">{moment(said.at, now, language)}</time>
            </p>
          ))}
        </>
      )}
      <div className="stack mt-3">
        {able['speak']?.ok && (
          <Fold title={t('speak')} after={t('youSpeak')}>
            <Form method="post" action={to} className="stack">
              <Textarea label={t('text')} name="text" required minLength={2} maxLength={2000} />
              <Submit intent="speak">{t('speak')}</Submit>
            </Form>
          </Fold>
        )}
        {able['leave']?.ok && (
          <Form method="post" action={to}>
            <Act consequence={<Rich text={t('leaveGroupAfter')} version={one.rulebook} />}>
              <Submit intent="leave_group" kind="line">
                {t('leaveGroup')}
              </Submit>
            </Act>
          </Form>
        )}
      </div>
    </section>
  );
}
