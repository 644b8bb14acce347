import { Form } from 'react-router';
import { exhibitWords } from '../../src/aftersales/exhibits.data.ts';
import { reasons } from '../../src/aftersales/reasons.data.ts';
import { remedyWords } from '../../src/aftersales/words.contract.ts';
import type { Answers } from '../api.ts';
import { Fold } from '../buyer/CaseActs.tsx';
import { text, type CasePage } from '../cases/case.view.ts';
import { desk as words } from '../text/desk.ts';
import { money } from '../text/format.ts';
import { shopCases } from '../text/shop-cases.ts';
import { useFrame, useText } from '../text/use.ts';
import { Act, Why } from '../ui/Act.tsx';
import { Note } from '../ui/Blank.tsx';
import { Submit } from '../ui/Button.tsx';
import { Facts } from '../ui/Facts.tsx';
import { Select, Textarea } from '../ui/Field.tsx';
import { Rich } from '../ui/Rich.tsx';
import { Judgment, type ArticleChoice, type Payout, type Typed } from './DeskJudgment.tsx';

type Standing = Answers['desk']['standing'];
type Props = {
  one: CasePage;
  payout: Payout;
  standing: Standing;
  arbitrator: boolean;
  typed: Typed;
  ticked: readonly string[];
  articles: readonly ArticleChoice[];
};

/** What the rules say where nothing more is known, and what a party failed to produce. */
export function DeskDefaults({ one }: { one: CasePage }) {
  const t = useText(words);
  const m = useText(shopCases);
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
            value: (
              <Rich text={m(`m_burden_${one.burden}` as keyof typeof shopCases)} version={one.rulebook} />
            ),
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
  const { one, standing, arbitrator } = props;
  const { mine } = standing;
  if (one.objection?.state === 'open') return <Objection one={one} />;
  if (one.state === 'intervention')
    return (
      <>
        <Take one={one} standing={standing} />
        <Decline one={one} />
      </>
    );
  if (one.state === 'signing') return <Signature {...props} />;
  if (one.state === 'appealed' || one.state === 'chaired')
    return mine ? (
      <Judgment {...props} intent="rule" />
    ) : arbitrator ? (
      <Take one={one} standing={standing} />
    ) : null;
  if (one.state === 'review')
    return mine ? (
      <>
        <Judgment {...props} intent="judge" />
        <Ask one={one} />
      </>
    ) : (
      <Take one={one} standing={standing} />
    );
  return null;
}

/** Taking a case is a declaration; a conflict that the machine knows of closes the button and says which. */
function Take({ one, standing }: { one: CasePage; standing: Standing }) {
  const t = useText(words);
  const { language } = useFrame();
  if (!standing.take.ok)
    return (
      <section className="card">
        <Why label={t('take')} reason={standing.take.why?.[language] ?? ''} />
      </section>
    );
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

function Signature({ one, payout, standing }: Props) {
  const t = useText(words);
  if (standing.mine)
    return <section className="card mute">{t('signAfter', { limit: money(payout.limit) })}</section>;
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
