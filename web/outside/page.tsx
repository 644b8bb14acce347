import {
  Form,
  redirect,
  useActionData,
  useLoaderData,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
} from 'react-router';
import { externalKinds, externalWords } from '../../src/aftersales/outside/laws.data.ts';
import { complaintStateWords } from '../../src/payments/complaint/contract.ts';
import { commonRefusals } from '../../src/kit/endpoint.ts';
import { loggedIn } from '../buyer/loggedIn.server.ts';
import { again, found, formKey, keyed, page, text, tried } from '../page.server.ts';
import { paths, withQuery } from '../paths.ts';
import type { PageHandle } from '../storefront/frame.tsx';
import { common } from '../text/common.ts';
import { exact, fullDay, money } from '../text/format.ts';
import { outside as words } from '../text/outside.ts';
import { textIn, useFrame, useText } from '../text/use.ts';
import { Answer } from '../ui/Answer.tsx';
import { Note } from '../ui/Blank.tsx';
import { Breadcrumbs } from '../ui/Breadcrumbs.tsx';
import { ButtonLink, Submit } from '../ui/Button.tsx';
import { Input, Select, Textarea } from '../ui/Field.tsx';
import { IdempotencyKey } from '../ui/IdempotencyKey.tsx';
import { Tag } from '../ui/Tag.tsx';

export const handle: PageHandle = { dock: () => null };

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  loggedIn(context, request);
  const { api, language } = page(context);
  const one = await found(api.outside.outside({ orderId: params['orderId'] ?? '' }));
  const query = new URL(request.url).searchParams;
  return {
    one,
    refused: query.has('refused'),
    did: query.has('did'),
    key: formKey(context),
    title: textIn(words, language)('titleLong', { title: one.title }),
  };
}

export async function action({ context, request, params }: ActionFunctionArgs) {
  const form = await request.formData();
  const orderId = params['orderId'] ?? '';
  const api = keyed(context, form).outside;
  const outcome = await tried<unknown>(
    text(form, 'intent') === 'accepted'
      ? api.progress({ orderId, recordId: text(form, 'recordId'), acceptedAt: atNoon(form) })
      : api.record({
          orderId,
          kind: externalKinds.find((one) => one === text(form, 'kind')) ?? '12315',
          number: text(form, 'number'),
          authority: text(form, 'authority'),
          filedAt: atNoon(form),
        }),
  );
  if (!outcome.ok) return again(outcome.refusal, form);
  throw redirect(withQuery(paths.outside(orderId), { did: 1 }), 303);
}

/** A day of the form as its last instant that may be past: a record of today is of this moment. */
const atNoon = (form: FormData): string => `${text(form, 'day')}T00:00:01+08:00`;

/** The ways out of the platform: always reachable, in every state of an order and a case. */
export default function OutsidePage() {
  const { one, refused, did } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const t = useText(words);
  const c = useText(common);
  const { language } = useFrame();
  return (
    <>
      <Breadcrumbs
        trail={[
          { href: paths.orders(), label: c('myOrders') },
          { href: paths.order(one.orderId), label: one.title },
        ]}
        here={t('title')}
      />
      <header className="oh">
        <div>
          <h1>{t('title')}</h1>
          <p className="sub">{t('lead')}</p>
        </div>
      </header>
      <Answer
        refused={answer?.refusal.message ?? (refused && commonRefusals.INPUT_INVALID[language])}
        did={did && t('recordDone')}
      />
      <div className="two">
        <div className="stack">
          {one.role === 'buyer' && <PackForm />}
          <Records />
        </div>
        <aside className="stack">
          <Papers />
          <Standing />
          <section className="card">
            <h2>{t('courts')}</h2>
            <p>{t('courtsLead')}</p>
          </section>
        </aside>
      </div>
    </>
  );
}

function PackForm() {
  const { one } = useLoaderData<typeof loader>();
  const t = useText(words);
  return (
    <section className="card">
      <h2>{t('pack')}</h2>
      <p className="mute">{t('packLead')}</p>
      {one.respondent ? (
        <p>
          {t('respondent')}：<b>{one.respondent.name}</b> · {one.respondent.address} · {one.respondent.phone}
        </p>
      ) : (
        <Note tone="hold">{t('noIdentity')}</Note>
      )}
      <form method="post" action={paths.outsidePack(one.orderId)} className="stack">
        <Input label={t('name')} name="name" required autoComplete="name" maxLength={50} />
        <Input label={t('phone')} name="phone" required type="tel" autoComplete="tel" maxLength={20} />
        <Input label={t('address')} name="address" required autoComplete="street-address" maxLength={200} />
        <Textarea
          label={t('request')}
          name="request"
          required
          rows={2}
          maxLength={500}
          defaultValue={one.asked}
        />
        <Textarea label={t('facts')} name="facts" rows={5} maxLength={2000} defaultValue={one.facts} />
        <p className="row">
          <button className="btn" type="submit" name="format" value="pdf">
            {t('packPdf')}
          </button>
          <button className="btn line" type="submit" name="format" value="json">
            {t('packJson')}
          </button>
        </p>
        <p className="mute">{t('packAfter')}</p>
      </form>
    </section>
  );
}

function Records() {
  const { one, key } = useLoaderData<typeof loader>();
  const t = useText(words);
  const { language, now } = useFrame();
  const today = new Date(now + 8 * 3_600_000).toISOString().slice(0, 10);
  return (
    <section className="card">
      <h2>{t('records')}</h2>
      {one.records.length === 0 && <p className="mute">{t('recordsNoneText')}</p>}
      <ul className="lines">
        {one.records.map((record) => (
          <li key={record.recordId}>
            <b>{externalWords[record.kind][language]}</b> {record.authority} {record.number}
            <p className="sub">{fullDay(record.filedAt, language)}</p>
            {record.clocks.map((clock) => (
              <p key={clock.what} className="sub">
                {t(`clock_${clock.what}`, { when: exact(Date.parse(clock.dueAt) - 1, language) })}{' '}
                {clock.over && <Tag tone="bad">{t('clockOver')}</Tag>}
              </p>
            ))}
            {record.acceptedAt === null && record.clocks.length > 0 && record.by === one.role && (
              <Form method="post" className="row">
                <IdempotencyKey value={key} />
                <input type="hidden" name="recordId" value={record.recordId} />
                <input type="hidden" name="day" value={today} />
                <Submit intent="accepted" kind="line" small>
                  {t('recordAccepted')}
                </Submit>
              </Form>
            )}
            {record.outcome && <p>{record.outcome}</p>}
          </li>
        ))}
      </ul>
      <details>
        <summary>{t('recordAdd')}</summary>
        <Form method="post" className="stack">
          <IdempotencyKey value={key} />
          <Select
            label={t('recordKind')}
            name="kind"
            options={externalKinds.map((kind) => ({ value: kind, label: externalWords[kind][language] }))}
          />
          <Input label={t('recordAuthority')} name="authority" required maxLength={100} />
          <Input label={t('recordNumber')} name="number" maxLength={60} />
          <Input label={t('recordDay')} name="day" type="date" required defaultValue={today} max={today} />
          <p className="mute">{t('recordAfter')}</p>
          <Submit intent="record">{t('recordAdd')}</Submit>
        </Form>
      </details>
    </section>
  );
}

function Papers() {
  const { one } = useLoaderData<typeof loader>();
  const t = useText(words);
  return (
    <section className="card stack">
      <h2>{t('bundle')}</h2>
      <p>{t('bundleLead')}</p>
      <p>
        <ButtonLink href={paths.bundle(one.orderId)} kind="line" icon="download">
          {t('bundleGet')}
        </ButtonLink>
      </p>
      <h2>{t('vouchers')}</h2>
      <p className="row">
        <ButtonLink href={paths.voucher(one.orderId, 'order')} kind="line" small>
          {t('voucherOrder')}
        </ButtonLink>
        <ButtonLink href={paths.voucher(one.orderId, 'payment')} kind="line" small>
          {t('voucherPayment')}
        </ButtonLink>
      </p>
      <p className="mute">
        <a href={paths.voucherCheck()}>{t('voucherCheck')}</a>
      </p>
    </section>
  );
}

function Standing() {
  const { one } = useLoaderData<typeof loader>();
  const t = useText(words);
  const { language } = useFrame();
  return (
    <>
      {one.complaints.length > 0 && (
        <section className="card">
          <h2>{t('channels')}</h2>
          {one.complaints.map((complaint) => (
            <div key={complaint.number}>
              <p>
                <span className="mono">{complaint.number}</span>{' '}
                <Tag tone={complaint.state === 'processed' ? 'ok' : 'hold'}>
                  {complaintStateWords[complaint.state as keyof typeof complaintStateWords][language]}
                </Tag>
              </p>
              <p className="sub">
                {complaint.answeredAt
                  ? t('answered', { when: exact(complaint.answeredAt, language) })
                  : t('answerBy', { when: exact(complaint.answerBy, language) })}
              </p>
              <p className="sub">{t('settleBy', { when: exact(complaint.settleBy, language) })}</p>
              {complaint.refunded !== '0' && (
                <p className="sub">{t('refundedBy', { amount: money(complaint.refunded) })}</p>
              )}
            </div>
          ))}
        </section>
      )}
      {one.holds.length > 0 && (
        <section className="card">
          <h2>{t('holds')}</h2>
          {one.holds.map((hold) => (
            <p key={hold.number}>
              {t('holdLine', {
                authority: hold.authority,
                number: hold.number,
                until: fullDay(hold.until, language),
              })}
              <span className="sub"> {hold.reason}</span>
            </p>
          ))}
        </section>
      )}
    </>
  );
}
