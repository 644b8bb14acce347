import { Form } from 'react-router';
import { exhibitWords } from '../../src/aftersales/exhibits.data.ts';
import { reasons, type ReasonCode } from '../../src/aftersales/reasons.data.ts';
import { remedyWords, sourceWords } from '../../src/aftersales/words.contract.ts';
import type { Answers } from '../api.ts';
import { Fold } from '../buyer/CaseActs.tsx';
import { text, type CasePage } from '../cases/case.view.ts';
import { cases } from '../text/cases.ts';
import { desk as words } from '../text/desk.ts';
import { money } from '../text/format.ts';
import { useFrame, useText } from '../text/use.ts';
import { Act } from '../ui/Act.tsx';
import { Note } from '../ui/Blank.tsx';
import { Submit } from '../ui/Button.tsx';
import { Facts } from '../ui/Facts.tsx';
import { Input, Select, Textarea } from '../ui/Field.tsx';
import { Rich } from '../ui/Rich.tsx';
import { liabilities } from './liabilities.ts';

type Payout = Answers['desk']['preview'];
type Props = {
  one: CasePage;
  payout: Payout;
  mine: boolean;
  taken: boolean;
  arbitrator: boolean;
  typed: Readonly<Record<string, string>>;
};

/** What the rules say where nothing more is known, and what a party failed to produce. */
export function DeskDefaults({ one }: { one: CasePage }) {
  const t = useText(words);
  const c = useText(cases);
  const { language } = useFrame();
  const [first] = reasons[one.reason].remedies;
  const failed = one.statements.findLast((each) => each.kind === 'failure');
  return (
    <section className="card">
      <h2>{t('defaults')}</h2>
      <Facts
        wide
        facts={[
          {
            name: t('default_presumed'),
            value: <Rich text={t(one.presumed ? 'presumedYes' : 'presumedNo')} version={one.rulebook} />,
          },
          {
            name: t('default_burden'),
            value: <Rich text={c(`burden_${one.burden}` as keyof typeof cases)} version={one.rulebook} />,
          },
          {
            name: t('default_remedy'),
            value: (
              <Rich
                text={`${remedyWords[first ?? 'refund'][language]} [[${reasons[one.reason].article}]]`}
                version={one.rulebook}
              />
            ),
          },
        ]}
      />
      {failed && (
        <Note tone="hold">
          <Rich
            text={t('failed', {
              party: t(text(failed.body, 'party') === 'buyer' ? 'party_buyer' : 'party_merchant'),
            })}
            version={one.rulebook}
          />
        </Note>
      )}
    </section>
  );
}

/** What can be done at the desk in this state. */
export function DeskActs(props: Props) {
  const { one, mine, arbitrator } = props;
  if (one.objection?.state === 'open') return <Objection one={one} />;
  if (one.state === 'intervention')
    return (
      <>
        <Take one={one} />
        <Decline one={one} />
      </>
    );
  if (one.state === 'signing') return <Signature {...props} />;
  if (one.state === 'appealed')
    return mine ? <Judgment {...props} intent="rule" /> : arbitrator ? <Take one={one} /> : null;
  if (one.state === 'review')
    return mine ? (
      <>
        <Judgment {...props} intent="judge" />
        <Ask one={one} />
      </>
    ) : (
      <Take one={one} />
    );
  return null;
}

function Take({ one }: { one: CasePage }) {
  const t = useText(words);
  return (
    <section className="card">
      <Form method="post" className="stack">
        <label className="tick">
          <input type="checkbox" name="declared" value="yes" required />
          <span>{t('takeTick')}</span>
        </label>
        <Act consequence={<Rich text={t('takeAfter')} version={one.rulebook} />}>
          <Submit intent="assign">{t('take')}</Submit>
        </Act>
      </Form>
    </section>
  );
}

const codes = ['OUT_OF_SCOPE', 'ALREADY_DECIDED', 'NO_CLAIM', 'COURT'] as const;

function Decline({ one }: { one: CasePage }) {
  const t = useText(words);
  return (
    <section className="card">
      <Fold title={t('decline')} kind="risk" after={<Rich text={t('declineAfter')} version={one.rulebook} />}>
        <Form method="post" className="stack">
          <Select
            label={t('declineCode')}
            name="code"
            options={codes.map((code) => ({ value: code, label: t(`code_${code}`) }))}
          />
          <Textarea label={t('why')} name="text" required minLength={10} maxLength={2000} />
          <Submit intent="decline" kind="risk">
            {t('decline')}
          </Submit>
        </Form>
      </Fold>
    </section>
  );
}

function Ask({ one }: { one: CasePage }) {
  const t = useText(words);
  const { language } = useFrame();
  const asked = one.statements.filter((each) => each.kind === 'asked').length;
  const kinds = [...new Set([...one.needs.merchant, ...one.needs.buyer, 'other' as const])];
  if (asked >= 2) return null;
  return (
    <section className="card">
      <Fold
        title={t('ask', { rounds: 2 - asked })}
        after={<Rich text={t('askAfter')} version={one.rulebook} />}
      >
        <Form method="post" className="stack">
          <Select
            label={t('askParty')}
            name="party"
            options={(['merchant', 'buyer'] as const).map((party) => ({
              value: party,
              label: t(`party_${party}`),
            }))}
          />
          <Select
            label={t('askKind')}
            name="kind"
            options={kinds.map((kind) => ({ value: kind, label: exhibitWords[kind][language] }))}
          />
          <Textarea label={t('why')} name="text" required minLength={2} maxLength={1000} />
          <Submit intent="ask">{t('askDo')}</Submit>
        </Form>
      </Fold>
    </section>
  );
}

function Judgment({ one, payout, typed, intent }: Props & { intent: 'judge' | 'rule' }) {
  const t = useText(words);
  const say = (name: string) => typed[name];
  return (
    <section className="card draft">
      <h2 className="song mb-3">{t(intent === 'rule' ? 'rulingTitle' : 'judgment')}</h2>
      <Form method="post" className="stack">
        <Textarea
          label={t('p1')}
          hint={t('p1hint')}
          name="facts"
          required
          minLength={10}
          maxLength={4000}
          defaultValue={say('facts')}
        />
        <Textarea
          label={t('p2')}
          name="weighing"
          required
          minLength={2}
          maxLength={4000}
          defaultValue={say('weighing')}
        />
        <Textarea
          label={t('p2b')}
          name="reasons"
          required
          minLength={10}
          maxLength={4000}
          defaultValue={say('reasons')}
        />
        <Input
          label={t('articles')}
          hint={<Rich text={t('articlesHint')} version={one.rulebook} />}
          name="articles"
          defaultValue={say('articles')}
          maxLength={100}
        />
        <Result one={one} typed={typed} />
        <Preview payout={payout} />
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

/** What is awarded, who answers for it, and the scene that fits. */
function Result({ one, typed }: { one: CasePage; typed: Readonly<Record<string, string>> }) {
  const t = useText(words);
  const { language } = useFrame();
  const say = (name: string) => typed[name];
  return (
    <>
      <Select
        label={t('remedy')}
        name="remedy"
        defaultValue={say('remedy') ?? one.asked.remedy}
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
        defaultValue={say('amount')}
      />
      <Select
        label={t('shares')}
        name="liability"
        defaultValue={say('liability') ?? 'merchant'}
        options={(Object.keys(liabilities) as (keyof typeof liabilities)[]).map((name) => ({
          value: name,
          label: t(`share_${name}`),
        }))}
      />
      <Select
        label={t('reclass')}
        name="reason"
        defaultValue={say('reason') ?? ''}
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

function Preview({ payout }: { payout: Payout }) {
  const t = useText(words);
  const { language } = useFrame();
  const limit = money(payout.limit);
  return (
    <div>
      <h4>{t('money')}</h4>
      <p className="mute">{t('moneyLead', { amount: money(payout.amount) })}</p>
      <Facts
        facts={[
          ...payout.shares.map((share) => ({
            name: sourceWords[share.source][language],
            value: money(share.amount),
          })),
          { name: t('two'), value: t(payout.twoPeople ? 'twoYes' : 'twoNo', { limit }) },
        ]}
      />
    </div>
  );
}

function Signature({ one, payout, mine }: Props) {
  const t = useText(words);
  if (mine) return <section className="card mute">{t('signAfter', { limit: money(payout.limit) })}</section>;
  return (
    <section className="card">
      <Form method="post" className="stack">
        <Textarea label={t('why')} name="text" maxLength={1000} />
        <Act
          consequence={<Rich text={t('signAfter', { limit: money(payout.limit) })} version={one.rulebook} />}
        >
          <Submit intent="sign">{t('sign')}</Submit>
        </Act>
        <Submit intent="send_back" kind="line">
          {t('sendBack')}
        </Submit>
      </Form>
    </section>
  );
}

function Objection({ one }: { one: CasePage }) {
  const t = useText(words);
  return (
    <section className="card">
      <h2 className="mb-2">{t('objection')}</h2>
      <p className="sub">{one.objection?.text}</p>
      <Form method="post" className="stack mt-3">
        <Textarea label={t('why')} name="text" required minLength={10} maxLength={2000} />
        <Act consequence={<Rich text={t('upholdAfter')} version={one.rulebook} />}>
          <Submit intent="uphold">{t('uphold')}</Submit>
        </Act>
        <Submit intent="dismiss" kind="line">
          {t('dismiss')}
        </Submit>
      </Form>
    </section>
  );
}
