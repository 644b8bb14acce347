import {
  Form,
  redirect,
  useActionData,
  useLoaderData,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
} from 'react-router';
import { contentMax } from '../../src/catalog/manual.contract.ts';
import type { Answers } from '../api.ts';
import { again, found, keyed, page, text, tried, type PageRefusal } from '../page.server.ts';
import { paths, withQuery } from '../paths.ts';
import { delivery } from '../text/delivery.ts';
import { deadline, moment, msOf } from '../text/format.ts';
import { textIn, useFrame, useText } from '../text/use.ts';
import { Act } from '../ui/Act.tsx';
import { Answer } from '../ui/Answer.tsx';
import { Note } from '../ui/Blank.tsx';
import { Breadcrumbs } from '../ui/Breadcrumbs.tsx';
import { Submit } from '../ui/Button.tsx';
import { Clock } from '../ui/Clock.tsx';
import { Facts } from '../ui/Facts.tsx';
import { Input, Textarea } from '../ui/Field.tsx';
import { Rich } from '../ui/Rich.tsx';
import { Tag } from '../ui/Tag.tsx';
import { shopOf } from './shop.server.ts';
import { unitsOf } from './delivery.form.ts';

type Line = Answers['delivery']['work']['lines'][number];
type Seen = Answers['delivery']['seeAnswers']['lines'];
type Refused = { refusal: PageRefusal; typed: Readonly<Record<string, string>> } | undefined;

const deeds = ['accept', 'fulfil', 'decline'] as const;

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const shop = await shopOf({ context, request });
  const { api, language } = page(context);
  const orderId = params['orderId'] ?? '';
  const work = await found(api.delivery.work({ shopId: shop.id, orderId }));
  const did = new URL(request.url).searchParams.get('did');
  return {
    work,
    did: deeds.find((one) => one === did),
    title: textIn(delivery, language)('workTitle', { title: work.lines[0]?.title ?? '' }),
  };
}

/** What the buyer gave is shown with the answer of a POST, this once; everything else goes back to the page. */
export async function action({ context, request, params }: ActionFunctionArgs) {
  const shop = await shopOf({ context, request });
  const form = await request.formData();
  const at = { shopId: shop.id, orderId: params['orderId'] ?? '' };
  const api = keyed(context, form).delivery;
  const [intent, line] = [text(form, 'intent'), Number(text(form, 'line'))];
  if (intent === 'see') {
    const seen = await tried(api.seeAnswers(at));
    return seen.ok ? { seen: seen.value.lines } : again(seen.refusal, form);
  }
  const outcome = await tried<unknown>(
    intent === 'accept'
      ? api.acceptDeliveries({ shopId: at.shopId, orderIds: [at.orderId] })
      : intent === 'decline'
        ? api.decline({ ...at, line, why: text(form, 'why') })
        : api.fulfil({ ...at, line, units: unitsOf(form) }),
  );
  if (!outcome.ok)
    return again(
      outcome.refusal,
      form,
      [...form.keys()].filter((name) => name.startsWith('secret.')),
    );
  return redirect(
    withQuery(paths.merchantDelivery(at.orderId), { did: deeds.find((one) => one === intent) ?? 'fulfil' }),
    303,
  );
}

export default function Delivery() {
  const { work, did, title } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const t = useText(delivery);
  const refused = answer && 'refusal' in answer ? answer : undefined;
  const seen = answer && 'seen' in answer ? answer.seen : undefined;
  return (
    <>
      <Breadcrumbs trail={[{ href: paths.merchantDeliveries(), label: t('todoTitle') }]} here={title} />
      <header className="mh">
        <h1>{title}</h1>
        <p>
          <a href={paths.merchantOrder(work.orderId)}>{t('seeOrder')}</a>
        </p>
      </header>
      <Answer refused={refused?.refusal.message} did={did && !answer && t(`did_${did}`)} />
      {work.lines.length === 0 && <Note>{t('closed')}</Note>}
      {work.lines.map((line) => (
        <OneLine
          key={line.line}
          line={line}
          orderState={work.orderState}
          refused={refused?.typed['line'] === String(line.line) ? refused : undefined}
          seen={seen}
        />
      ))}
    </>
  );
}

const openStates = ['waiting', 'accepted', 'delivering'];

function OneLine({
  line,
  orderState,
  refused,
  seen,
}: {
  line: Line;
  orderState: string;
  refused: Refused;
  seen: Seen | undefined;
}) {
  const t = useText(delivery);
  const { now, language } = useFrame();
  const isOpen = openStates.includes(line.state);
  const corrects = line.state === 'delivered' && orderState === 'delivered';
  const isLate = msOf(line.promisedAt) <= now;
  return (
    <div className="inbox">
      <div className="stack">
        <Given
          line={line}
          seen={seen?.find((one) => one.line === line.line)?.answers}
          canSee={isOpen || corrects}
        />
        {(isOpen || corrects) && <Fill line={line} corrects={corrects} refused={refused} />}
        <Contents line={line} />
      </div>
      <aside className="stack">
        {isOpen ? (
          <Clock
            who={t('workClock')}
            due={isLate ? line.dueAt : line.promisedAt}
            since={isLate ? line.promisedAt : line.paidAt}
            tone={isLate ? 'late' : undefined}
          >
            <Rich text={t(isLate ? 'workLate' : 'workElse', { time: deadline(line.dueAt, now, language) })} />
          </Clock>
        ) : (
          <section className="card">
            <Tag tone={line.state === 'delivered' ? 'ok' : undefined}>{t(`progress_${line.state}`)}</Tag>
            {!corrects && <p className="mute mt-2">{t('closed')}</p>}
          </section>
        )}
        <section className="card stack">
          <Facts
            facts={[
              { name: t('colGoods'), value: `${line.variantName} × ${line.quantity}` },
              {
                name: t('colWho'),
                value:
                  line.acceptedBy && line.acceptedAt
                    ? t('takenBy', { name: line.acceptedBy, time: moment(line.acceptedAt, now, language) })
                    : t('nobody'),
              },
            ]}
          />
          {line.state === 'waiting' && (
            <Form method="post">
              <Act consequence={t('acceptAfter')}>
                <Submit intent="accept">{t('accept')}</Submit>
              </Act>
            </Form>
          )}
        </section>
        {isOpen && <Decline line={line} refused={refused} />}
      </aside>
    </div>
  );
}

/** What the buyer gave: masked, and opened by a POST that is recorded. */
function Given({ line, seen, canSee }: { line: Line; seen: Line['answers'] | undefined; canSee: boolean }) {
  const t = useText(delivery);
  const answers = seen ?? line.answers;
  return (
    <section className="card stack">
      <h2 className="m-0">{t('answers')}</h2>
      {answers.length === 0 ? (
        <p className="mute">{t('answersNone')}</p>
      ) : (
        <Facts wide facts={answers.map((one) => ({ name: one.label, value: one.shown }))} />
      )}
      {seen && <Note answer>{t('answersSeen')}</Note>}
      {!seen && canSee && answers.some((one) => one.hidden) && (
        <Form method="post">
          <Act consequence={t('answersAfter')}>
            <Submit intent="see" kind="line">
              {t('answersShow')}
            </Submit>
          </Act>
        </Form>
      )}
    </section>
  );
}

/** The form of what is delivered, one part for each unit. Secrets are never carried back by a refused form. */
function Fill({ line, corrects, refused }: { line: Line; corrects: boolean; refused: Refused }) {
  const t = useText(delivery);
  const wrong = refused?.refusal.detail;
  return (
    <Form method="post" className="card stack">
      <h2 className="m-0">{t(corrects ? 'correctTitle' : 'fillTitle')}</h2>
      <p className="mute">
        <Rich text={t('fillNote')} />
      </p>
      <input type="hidden" name="line" value={line.line} />
      {Array.from({ length: line.quantity }, (_, index) => (
        <div
          key={index}
          className="stack"
          role="group"
          aria-label={t('fillUnit', { place: index + 1, count: line.quantity })}
        >
          {line.quantity > 1 && (
            <b aria-hidden="true">{t('fillUnit', { place: index + 1, count: line.quantity })}</b>
          )}
          {line.fields.map((field) => {
            const name = `${field.type === 'secret' ? 'secret' : 'unit'}.${index + 1}.${field.key}`;
            const common = {
              label: field.label,
              name,
              maxLength: contentMax,
              required: field.required,
              autoComplete: 'off',
              defaultValue: refused?.typed[name] ?? '',
              hint: field.required ? undefined : t('optional'),
              error:
                wrong?.['key'] === field.key && wrong['place'] === index + 1
                  ? refused?.refusal.message
                  : undefined,
            };
            return field.type === 'note' ? (
              <Textarea key={field.key} rows={4} {...common} />
            ) : (
              <Input key={field.key} type={field.type === 'link' ? 'url' : 'text'} {...common} />
            );
          })}
        </div>
      ))}
      <Act consequence={t(corrects ? 'correctAfter' : 'deliverAfter')}>
        <Submit intent="fulfil">{t(corrects ? 'correct' : 'deliver')}</Submit>
      </Act>
    </Form>
  );
}

function Contents({ line }: { line: Line }) {
  const t = useText(delivery);
  const { now, language } = useFrame();
  if (line.contents.length === 0) return null;
  return (
    <section className="card">
      <h2>{t('contents')}</h2>
      <ul className="st mt-3">
        {line.contents.map((one) => (
          <li key={`${one.place}.${one.version}`}>
            <b>
              {t('contentBy', {
                place: one.place,
                version: one.version,
                by: one.by,
                time: moment(one.at, now, language),
              })}
            </b>
            <span className="mute">
              {one.revealedAt ? t('seenAt', { time: moment(one.revealedAt, now, language) }) : t('notSeen')}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Decline({ line, refused }: { line: Line; refused: Refused }) {
  const t = useText(delivery);
  return (
    <details className="card fold">
      <summary>{t('decline')}</summary>
      <Form method="post" className="stack mt-3">
        <input type="hidden" name="line" value={line.line} />
        <Input
          label={t('declineReason')}
          hint={t('declineHint')}
          name="why"
          required
          minLength={4}
          maxLength={200}
          defaultValue={refused?.typed['why'] ?? ''}
          error={refused?.refusal.fields['why']}
        />
        <Act consequence={t('declineAfter')}>
          <Submit intent="decline" kind="risk">
            {t('decline')}
          </Submit>
        </Act>
      </Form>
    </details>
  );
}
