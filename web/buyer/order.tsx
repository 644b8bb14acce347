import { useEffect } from 'react';
import {
  data,
  redirect,
  useActionData,
  useLoaderData,
  useRevalidator,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
} from 'react-router';
import { orderStateWords } from '../../src/orders/contract.ts';
import { deliveryRefusals } from '../../src/delivery/contract.ts';
import { parcelRefusals } from '../../src/delivery/parcel/contract.ts';
import type { Api } from '../api.ts';
import { again, found, keyed, page, text, tried } from '../page.server.ts';
import { paths, withQuery } from '../paths.ts';
import type { PageHandle } from '../storefront/frame.tsx';
import { common } from '../text/common.ts';
import { deadline, money, moment } from '../text/format.ts';
import { order as words } from '../text/order.ts';
import { textIn, useFrame, useText } from '../text/use.ts';
import { Answer } from '../ui/Answer.tsx';
import { Note } from '../ui/Blank.tsx';
import { Breadcrumbs } from '../ui/Breadcrumbs.tsx';
import { Rich } from '../ui/Rich.tsx';
import { Tag } from '../ui/Tag.tsx';
import { loggedIn } from './loggedIn.server.ts';
import { keptOf } from './kept.server.ts';
import { LicencePanel } from './LicencePanel.tsx';
import { DownloadPanel } from './DownloadPanel.tsx';
import { GoodsHelp } from './GoodsHelp.tsx';
import { MembershipCard } from './MembershipCard.tsx';
import { ManualPanel } from './ManualPanel.tsx';
import { showContent, type ShownContent } from './manual.view.ts';
import { GuideAside, NextTask } from './OrderGuide.tsx';
import { ParcelPanel } from './ParcelPanel.tsx';
import { OrderActs } from './OrderActs.tsx';
import { OrderAside } from './OrderAside.tsx';
import { OrderArchive } from './OrderArchive.tsx';
import { OrderKeys } from './OrderKeys.tsx';
import { Recorder } from './Recorder.tsx';
import { TopupPanel } from './TopupPanel.tsx';
import { HighValue } from '../risk/HighValue.tsx';
import { headOf, leadOf, tallyOf, unitsOf, type Evidence, type Order } from './order.view.ts';

export const handle: PageHandle = { dock: () => null };

const deeds = ['works', 'cancel', 'confirm', 'cancelLate', 'start'] as const;
const helps = ['check', 'askIssuer'] as const;
const parcelDeeds = ['sign', 'refuse', 'give', 'check'] as const;

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  loggedIn(context, request);
  const { api, language } = page(context);
  const orderId = params['orderId'] ?? '';
  const [order, evidence, help, { topups }] = await Promise.all([
    found(api.checkout.order({ orderId })),
    found(api.evidence.readEvidence({ orderId })),
    found(api.delivery.help({ orderId })),
    found(api.topups.topup({ orderId })),
  ]);
  const isBuyer = order.role === 'buyer';
  const sells = (goods: string): boolean => order.lines.some((line) => line.goods === goods);
  const isOut = (goods: string): boolean =>
    order.lines.some((line) => line.goods === goods && line.later !== null);
  const [licences, guide, parcels, claims, talk, downloads, memberships, manual, high, kept] =
    await Promise.all([
      isBuyer && isOut('licence') ? found(api.licences.ofOrder({ orderId })) : undefined,
      found(api.community.orderGuide({ orderId })),
      order.mode === 'shipping' ? found(api.parcels.parcels({ orderId })) : undefined,
      isBuyer ? found(api.cases.form({ orderId })) : undefined,
      // Staff who have no part in it see the order without its conversation.
      tried(api.messaging.thread({ orderId, limit: 1 })),
      isOut('download') ? found(api.downloads.readDownloads({ orderId })) : undefined,
      sells('membership') ? found(api.memberships.ofOrder({ orderId })) : undefined,
      order.mode === 'manual' ? found(api.delivery.manual({ orderId })) : undefined,
      found(api.risk.highValue({ orderId })),
      keptOf(api, order),
    ]);
  const query = new URL(request.url).searchParams;
  const refused = deliveryRefusals[query.get('refused') as keyof typeof deliveryRefusals];
  return {
    order,
    stateSaid: orderStateWords[order.state][language],
    evidence,
    help,
    topups,
    memberships: memberships?.memberships ?? [],
    downloads: downloads?.downloads ?? [],
    manual,
    licences: licences?.licences,
    unread: talk.ok ? talk.value.state.unread : 0,
    did: deeds.find((one) => one === query.get('did')),
    helped: helps.find((one) => one === query.get('did')),
    helpedUnit: query.get('unit') ?? '',
    claims,
    guide,
    parcels: parcels?.parcels ?? [],
    parcelSaid: {
      did: parcelDeeds.find((one) => one === query.get('parcel')),
      refused: parcelRefusals[query.get('parcelRefused') as keyof typeof parcelRefusals]?.[language],
    },
    kept,
    high: high.high,
    refused: refused?.[language],
    title: textIn(words, language)('title', { title: order.lines[0]?.title ?? orderId }),
  };
}

/**
 * A look at a key is answered with the page that shows it, this once: it is a POST, so neither the back button nor a reload
 * looks again by itself, and no-store keeps no copy. Everything else goes back to the page with a GET.
 */
export async function action({ context, request, params }: ActionFunctionArgs) {
  const form = await request.formData();
  const orderId = params['orderId'] ?? '';
  const [intent, unit] = [text(form, 'intent'), text(form, 'unit') || text(form, 'membership')];
  const api = keyed(context, form);
  const outcome = await tried<unknown>(
    intent === 'reveal'
      ? revealed(api, form, { orderId, unit })
      : intent === 'revealContent'
        ? showContent(api, form, orderId)
        : intent === 'check'
          ? checked(api, form, { orderId, unit })
          : done(api, intent, { orderId, unit }),
  );
  if (!outcome.ok) return again(outcome.refusal, form, ['password', 'typed']);
  if (helps.some((one) => one === intent))
    throw redirect(withQuery(paths.order(orderId), { did: intent, unit }), 303);
  if (intent === 'revealContent')
    return data({ refusal: undefined, typed: undefined, content: outcome.value as ShownContent });
  if (intent !== 'reveal') throw redirect(withQuery(paths.order(orderId), { did: intent }), 303);
  return data({
    refusal: undefined,
    typed: undefined,
    shown: outcome.value as Awaited<ReturnType<typeof revealed>>,
  });
}

/** The password first, where the key needs it; a wrong one shows nothing. */
async function revealed(api: Api, form: FormData, name: { orderId: string; unit: string }) {
  const password = form.get('password');
  if (typeof password === 'string' && password !== '') await api.identity.confirm({ password });
  const { unit, number, secret, extra } = await api.delivery.reveal(name);
  return { unit, number, secret, extra };
}

/** What was typed goes as it was typed: a space may be what is wrong. */
function checked(api: Api, form: FormData, name: { orderId: string; unit: string }): Promise<unknown> {
  const typed = form.get('typed');
  return api.delivery.checkCode({
    ...name,
    part: text(form, 'part') === 'number' ? 'number' : 'secret',
    typed: typeof typed === 'string' ? typed : '',
  });
}

function done(api: Api, intent: string, name: { orderId: string; unit: string }): Promise<unknown> {
  if (intent === 'works') return api.delivery.verify(name);
  if (intent === 'start') return api.memberships.start({ membershipId: name.unit });
  if (intent === 'askIssuer') return api.delivery.askIssuer(name);
  if (intent === 'cancel') return api.checkout.cancelSealed(name);
  if (intent === 'cancelLate') return api.delivery.cancelLate({ orderId: name.orderId });
  if (intent === 'confirm') return api.delivery.confirm({ orderId: name.orderId });
  throw new Error(`no button of the order page is called ${intent}`);
}

export default function OrderPage() {
  const { order, guide, kept, high, unread, stateSaid, evidence, help, did, refused } =
    useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const t = useText(words);
  const refusal = answer?.refusal?.message ?? refused;
  const isBuyer = order.role === 'buyer';
  useLights(evidence);
  return (
    <>
      <Head order={order} stateSaid={stateSaid} />
      <Answer refused={refusal} did={did && !answer && t(`did_${did}`)} />
      {!isBuyer && (
        <div className="mb-4">
          <Note tone="hold">{t('sold')}</Note>
        </div>
      )}
      <div className="two">
        <div className="stack">
          {isBuyer && <NextTask guide={guide} />}
          <Bought />
          {isBuyer && <OrderActs order={order} unread={unread} />}
          {order.mode !== 'pool' && <GoodsHelp help={help} />}
        </div>
        <OrderAside order={order} evidence={evidence}>
          {high && <HighValue high={high} />}
          <GuideAside guide={guide} />
          <OrderArchive archive={kept.archive} version={order.rulebook} />
        </OrderAside>
      </div>
    </>
  );
}

/** What was bought, by how it is delivered: each kind of goods has its panel. */
function Bought() {
  const {
    order,
    parcels,
    parcelSaid,
    help,
    topups,
    memberships,
    downloads,
    manual,
    licences,
    helped,
    helpedUnit,
    kept,
  } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const shown = answer && 'shown' in answer ? answer.shown : undefined;
  const wrong =
    answer?.refusal?.code === 'PASSWORD_WRONG'
      ? { unit: answer.typed?.['unit'] ?? '', said: answer.refusal.message }
      : undefined;
  const asked = askedOf(answer, helped && helpedUnit);
  const isBuyer = order.role === 'buyer';
  return (
    <>
      {order.mode === 'shipping' && <ParcelPanel order={order} parcels={parcels} said={parcelSaid} />}
      {licences && <LicencePanel licences={licences} />}
      <TopupPanel orderId={order.orderId} topups={topups} isBuyer={isBuyer} />
      {isBuyer && order.mode === 'pool' && (
        <>
          {kept.recordings && (
            <Recorder
              orderId={order.orderId}
              recordings={kept.recordings}
              sealed={unitsOf(order).some((one) => one.unit.state === 'sealed')}
            />
          )}
          <OrderKeys order={order} help={help} asked={asked} shown={shown} refused={wrong} />
        </>
      )}
      {downloads.length > 0 && (
        <DownloadPanel
          downloads={downloads}
          orderId={order.orderId}
          version={order.rulebook}
          isBuyer={isBuyer}
        />
      )}
      {memberships.map((one) => (
        <MembershipCard key={one.membershipId} membership={one} version={order.rulebook} isBuyer={isBuyer} />
      ))}
      {manual && (
        <ManualPanel
          order={order}
          manual={manual}
          shown={answer && 'content' in answer ? answer.content : undefined}
          wrong={wrong}
        />
      )}
    </>
  );
}

/** The key whose help was just used: by the address after it worked, by the form where it was refused. */
function askedOf(
  answer: ReturnType<typeof useActionData<typeof action>>,
  unit: string | undefined,
): { unit: string; refused: string | undefined } | undefined {
  const typed = answer?.typed;
  if (typed && helps.some((one) => one === typed['intent']))
    return { unit: typed['unit'] ?? '', refused: answer.refusal?.message };
  return unit === undefined || answer ? undefined : { unit, refused: undefined };
}

/** Evidence enters the log a moment after what it is about: the page looks again until the lights are on. */
function useLights(evidence: Evidence): void {
  const { revalidate } = useRevalidator();
  const waits = evidence.lights.some((light) => light.state === 'pending');
  useEffect(() => {
    if (!waits) return undefined;
    const timer = setTimeout(() => void revalidate(), 2000);
    return () => clearTimeout(timer);
  }, [waits, evidence, revalidate]);
}

function Head({ order, stateSaid }: { order: Order; stateSaid: string }) {
  const t = useText(words);
  const c = useText(common);
  const { now, language } = useFrame();
  const tally = tallyOf(unitsOf(order));
  const { key, at } = leadOf(order, now);
  const [first] = order.lines;
  const amount = money(order.state === 'refunded' ? order.refunded : order.held);
  return (
    <>
      <Breadcrumbs
        trail={[{ href: paths.orders(), label: c('myOrders') }]}
        here={<span className="mono">{order.orderId}</span>}
      />
      <header className="oh">
        <div>
          <h1>
            <Phrases text={t(headOf(order, tally, now), { count: tally.sealed })} />
          </h1>
          <p>
            <Rich text={t(key, { amount, time: deadline(at, now, language) })} version={order.rulebook} />
          </p>
          <p className="sub">
            {t('sub', {
              title: first?.title ?? '',
              count: first?.quantity ?? 0,
              shop: order.shop.name,
              time: moment(order.placedAt, now, language),
            })}
          </p>
        </div>
        <p className="row">
          <Tag tone={order.state === 'delivered' || order.state === 'completed' ? 'ok' : undefined}>
            {stateSaid}
          </Tag>
          {BigInt(order.held) > 0n && (
            <Tag tone="hold" icon="lock">
              {t('inEscrow', { amount: money(order.held) })}
            </Tag>
          )}
        </p>
      </header>
    </>
  );
}

/** A heading breaks between its phrases and never inside a word. */
function Phrases({ text: said }: { text: string }) {
  return said.split(/(?<=[，；。;,])/).map((phrase, index) => (
    <span key={index} className={/[\u3400-\u9fff]/.test(phrase) && phrase.length < 14 ? 'nb' : undefined}>
      {phrase}
    </span>
  ));
}
