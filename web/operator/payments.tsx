import {
  Form,
  redirect,
  useActionData,
  useLoaderData,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
} from 'react-router';
import { exceptionDecisions, exceptionKinds, exceptionWords } from '../../src/payments/contract.ts';
import type { Answers } from '../api.ts';
import { again, found, keyed, page, text, tried } from '../page.server.ts';
import { paths, withQuery } from '../paths.ts';
import { money, moment } from '../text/format.ts';
import { operator } from '../text/operator.ts';
import { textIn, useFrame, useText } from '../text/use.ts';
import { Act } from '../ui/Act.tsx';
import { Answer } from '../ui/Answer.tsx';
import { Empty, Note } from '../ui/Blank.tsx';
import { ButtonLink, Submit } from '../ui/Button.tsx';
import { Fold } from '../ui/Dialog.tsx';
import { Facts } from '../ui/Facts.tsx';
import { Choices, Input, Textarea } from '../ui/Field.tsx';
import { Filters, Tabs } from '../ui/Filters.tsx';
import { Pager } from '../ui/Table.tsx';
import { asStaff } from './staff.server.ts';

type Exception = Answers['payments']['exceptions']['exceptions'][number];
const [most, shown] = [200, 20];

export async function loader({ context, request }: LoaderFunctionArgs) {
  asStaff({ context, request });
  const { api, language } = page(context);
  const query = new URL(request.url).searchParams;
  const decided = query.get('state') === 'decided';
  const kind = exceptionKinds.find((one) => one === query.get('kind'));
  const q = query.get('q')?.trim().slice(0, 64).toLowerCase() ?? '';
  const at = Math.max(1, Math.trunc(Number(query.get('page')) || 1));
  const { exceptions } = await found(
    api.payments.exceptions({ decided: decided ? 'true' : 'false', limit: most }),
  );
  const inState = exceptions.filter((one) => (one.decided !== null) === decided);
  const list = inState.filter(
    (one) =>
      (!kind || one.kind === kind) &&
      [one.ref, one.channel, one.paymentId ?? ''].some((word) => word.toLowerCase().includes(q)),
  );
  return {
    exceptions: list.slice((at - 1) * shown, at * shown),
    more: list.length > at * shown,
    truncated: exceptions.length === most,
    kinds: exceptionKinds.filter((one) => inState.some((exception) => exception.kind === one)),
    decided,
    kind,
    q,
    at,
    done: query.has('done'),
    title: textIn(operator, language)('payments'),
  };
}

export async function action({ context, request }: ActionFunctionArgs) {
  asStaff({ context, request });
  const form = await request.formData();
  const decision = exceptionDecisions.find((one) => one === text(form, 'decision')) ?? ('' as 'close');
  const paymentId = text(form, 'paymentId');
  const outcome = await tried(
    keyed(context, form).payments.decideException({
      exceptionId: text(form, 'exceptionId'),
      decision,
      note: text(form, 'note'),
      ...(paymentId && { paymentId }),
    }),
  );
  return outcome.ok
    ? redirect(withQuery(paths.operatorPayments(), { done: 1 }))
    : again(outcome.refusal, form);
}

export default function Payments() {
  const { exceptions, more, truncated, kinds, decided, kind, q, at, done } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const t = useText(operator);
  const { language } = useFrame();
  const state = decided ? 'decided' : undefined;
  const address = (p: { state?: string | undefined; kind?: string | undefined; page?: number }) =>
    withQuery(paths.operatorPayments(), { q, ...p });
  const isFiltered = q !== '' || kind !== undefined;
  return (
    <>
      <header className="mh">
        <h1>{t('payments')}</h1>
        <p className="mute">{t('paymentsLead')}</p>
      </header>
      <Answer did={done && !answer && t('decidedDone')} />
      <Tabs
        label={t('state')}
        links={[
          { href: address({ kind }), label: t('waiting'), on: !decided },
          { href: address({ kind, state: 'decided' }), label: t('decided'), on: decided },
        ]}
      />
      <form className="sift mb-4" role="search" action={paths.operatorPayments()}>
        <input
          className="in min-w-0 flex-1"
          name="q"
          type="search"
          defaultValue={q}
          aria-label={t('search')}
          placeholder={t('search')}
          maxLength={64}
        />
        {state && <input type="hidden" name="state" value={state} />}
        {kind && <input type="hidden" name="kind" value={kind} />}
        <button className="btn line" type="submit">
          {t('searchButton')}
        </button>
      </form>
      {kinds.length > 0 && (
        <Filters
          label={t('kind')}
          links={[
            { href: address({ state }), label: t('allKinds'), on: kind === undefined },
            ...kinds.map((one) => ({
              href: address({ state, kind: one }),
              label: exceptionWords[one][language],
              on: one === kind,
            })),
          ]}
        />
      )}
      {exceptions.length === 0 && <None isFiltered={isFiltered} />}
      <ul className="stack">
        {exceptions.map((one) => (
          <Row key={one.exceptionId} one={one} />
        ))}
      </ul>
      {truncated && <p className="mute mt-3">{t('truncated')}</p>}
      <Pager
        previous={at > 1 ? address({ state, kind, page: at - 1 }) : undefined}
        next={more ? address({ state, kind, page: at + 1 }) : undefined}
      />
    </>
  );
}

function None({ isFiltered }: { isFiltered: boolean }) {
  const t = useText(operator);
  if (!isFiltered) return <Empty title={t('emptyTitle')}>{t('emptyText')}</Empty>;
  return (
    <Empty
      title={t('noneTitle')}
      next={
        <ButtonLink href={paths.operatorPayments()} kind="line">
          {t('seeAll')}
        </ButtonLink>
      }
    >
      {t('noneText')}
    </Empty>
  );
}

function Row({ one }: { one: Exception }) {
  const answer = useActionData<typeof action>();
  const t = useText(operator);
  const { now, language } = useFrame();
  const mine = answer?.typed['exceptionId'] === one.exceptionId ? answer : undefined;
  return (
    <li className="card stack">
      <div className="between">
        <h2>{exceptionWords[one.kind][language]}</h2>
        <b className="amt">{money(one.amount)}</b>
      </div>
      <Facts
        facts={[
          { name: t('channel'), value: one.channel },
          { name: t('ref'), value: <span className="mono">{one.ref}</span> },
          {
            name: t('payment'),
            value: one.paymentId === null ? t('noPayment') : <span className="mono">{one.paymentId}</span>,
          },
          { name: t('since'), value: moment(one.at, now, language) },
          ...one.claims.map((claim) => ({
            name: t('claims'),
            value: <span className="mono">{claim.paymentId ?? claim.buyerId}</span>,
          })),
        ]}
      />
      <Fold label={<span className="mute underline">{t('detail')}</span>}>
        <pre className="mono scroll">{JSON.stringify(one.detail, null, 2)}</pre>
      </Fold>
      {one.decided ? (
        <p className="sub">
          {t('decidedLine', {
            decision: t(`decision_${one.decided.decision}`),
            time: moment(one.decided.at, now, language),
            note: one.decided.note,
          })}
        </p>
      ) : (
        <Fold label={<span className="btn line">{t('decideTitle')}</span>} open={mine !== undefined}>
          <Decide one={one} refused={mine} />
        </Fold>
      )}
    </li>
  );
}

type Refused = Exclude<ReturnType<typeof useActionData<typeof action>>, undefined> | undefined;

function Decide({ one, refused }: { one: Exception; refused: Refused }) {
  const t = useText(operator);
  return (
    <Form method="post" className="stack">
      {refused && (
        <Note tone="bad" answer>
          {refused.refusal.message}
        </Note>
      )}
      <input type="hidden" name="exceptionId" value={one.exceptionId} />
      <Choices
        legend={t('decision')}
        name="decision"
        chosen={refused?.typed['decision']}
        options={exceptionDecisions.map((decision) => ({
          value: decision,
          label: t(`decision_${decision}`),
          note: t(`after_${decision}`),
          ...(one.open.includes(decision) ? {} : { off: t('notOpen') }),
        }))}
      />
      {one.open.includes('match') && (
        <Input
          label={t('paymentId')}
          name="paymentId"
          maxLength={64}
          hint={t('paymentHint')}
          defaultValue={refused?.typed['paymentId'] ?? one.claims[0]?.paymentId ?? ''}
          error={refused?.refusal.fields['paymentId']}
        />
      )}
      <Textarea
        label={t('note')}
        name="note"
        required
        minLength={2}
        maxLength={500}
        hint={t('noteHint')}
        defaultValue={refused?.typed['note']}
        error={refused?.refusal.fields['note']}
      />
      <Act consequence={t('decideAfter')}>
        <Submit>{t('decideButton')}</Submit>
      </Act>
    </Form>
  );
}
