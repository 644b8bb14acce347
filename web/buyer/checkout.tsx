import {
  redirect,
  useActionData,
  useLoaderData,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
} from 'react-router';
import { again, formKey, found, keyed, page, text, tried } from '../page.server.ts';
import { paths } from '../paths.ts';
import type { PageHandle } from '../storefront/frame.tsx';
import { checkout } from '../text/checkout.ts';
import { textIn, useText } from '../text/use.ts';
import { Breadcrumbs } from '../ui/Breadcrumbs.tsx';
import { CheckoutForm } from './CheckoutForm.tsx';
import { CheckoutRefusal } from './CheckoutRefusal.tsx';
import { answersOf, isSecretField, methodOf, ticksOf, type Buyer } from './checkout.view.ts';

export const handle: PageHandle = { dock: () => null };

const quantityOf = (value: string | null): number =>
  Math.min(1000, Math.max(1, Number.parseInt(value ?? '1', 10) || 1));

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const { api, viewer, language } = page(context);
  const quantity = quantityOf(new URL(request.url).searchParams.get('quantity'));
  const items = [{ variantId: params['variantId'] ?? '', quantity }];
  const [quote, { channels }] = await Promise.all([
    found(api.checkout.quote({ items })),
    api.payments.channels({}),
  ]);
  const [line] = quote.lines;
  if (!line) throw new Error('a quote of one item has one line');
  const { face, delivery, rights, validity } = await found(
    api.catalog.product({ listingId: line.listingId }),
  );
  const kind = viewer.userId === null ? 'nobody' : viewer.guest ? 'guest' : 'account';
  return {
    quote,
    line,
    channels,
    about: { face, within_seconds: delivery.within_seconds, validity, settle_days: rights.settle_days },
    buyer: { kind, name: viewer.name } satisfies Buyer as Buyer,
    formKey: formKey(context),
    title: textIn(checkout, language)('title'),
  };
}

export async function action({ context, request, params }: ActionFunctionArgs) {
  const form = await request.formData();
  const quantity = quantityOf(text(form, 'quantity'));
  const [contact, orderPassword] = [text(form, 'contact'), String(form.get('orderPassword') ?? '')];
  const outcome = await tried(
    keyed(context, form).checkout.purchase({
      items: [{ variantId: params['variantId'] ?? '', quantity, ...answersOf(form) }],
      total: text(form, 'total'),
      ...methodOf(text(form, 'method')),
      acknowledgements: ticksOf(form),
      ...(contact === '' ? {} : { contact }),
      ...(orderPassword === '' ? {} : { orderPassword }),
    }),
  );
  if (!outcome.ok)
    return again(outcome.refusal, form, ['orderPassword', ...[...form.keys()].filter(isSecretField)]);
  const { paymentId, state, orders } = outcome.value;
  if (state === 'open' && paymentId) return redirect(paths.payment(paymentId), 303);
  const [order, more] = orders;
  return redirect(order && !more ? paths.order(order.orderId) : paths.orders(), 303);
}

export default function Checkout() {
  const { line, ...rest } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const t = useText(checkout);
  return (
    <>
      <Breadcrumbs
        trail={[{ href: paths.listing(line.listingId, line.variantId), label: line.title }]}
        here={t('title')}
      />
      <header className="list-h">
        <h1>{t('title')}</h1>
        <p className="sub">{t('lead')}</p>
      </header>
      {answer && (
        <CheckoutRefusal
          refusal={answer.refusal}
          before={answer.typed['total']}
          line={line}
          total={rest.quote.total}
        />
      )}
      <CheckoutForm line={line} {...rest} answer={answer} />
    </>
  );
}
