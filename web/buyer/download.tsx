import {
  data,
  redirect,
  useActionData,
  useLoaderData,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
} from 'react-router';
import { linkReasons } from '../../src/delivery/download/contract.ts';
import { keyed, page, text, tried } from '../page.server.ts';
import { paths } from '../paths.ts';
import { downloads as words } from '../text/downloads.ts';
import { common } from '../text/common.ts';
import { textIn, useText } from '../text/use.ts';
import { Answer } from '../ui/Answer.tsx';
import { Breadcrumbs } from '../ui/Breadcrumbs.tsx';
import { ButtonLink } from '../ui/Button.tsx';
import { Facts } from '../ui/Facts.tsx';
import { loggedIn } from './loggedIn.server.ts';

/** This address is posted to from the order; whoever opens it by itself comes back there. */
export function loader({ context, request, params }: LoaderFunctionArgs) {
  loggedIn(context, request);
  if (!isPosted(request)) throw redirect(paths.order(params['orderId'] ?? ''));
  return { orderId: params['orderId'] ?? '', title: textIn(words, page(context).language)('addressTitle') };
}

/** The loader runs once more for the page that answers a POST. */
const isPosted = (request: Request): boolean => request.headers.get('content-type') !== null;

export async function action({ context, request, params }: ActionFunctionArgs) {
  const form = await request.formData();
  const api = keyed(context, form).downloads;
  const orderId = params['orderId'] ?? '';
  const at = { orderId, line: Number(text(form, 'line')) };
  const intent = text(form, 'intent');
  const back = `${paths.order(orderId)}#downloads`;
  if (intent === 'start') {
    const outcome = await tried(api.startDownload(at));
    if (!outcome.ok) return refused(outcome.refusal);
    if (outcome.value.kind === 'platform') throw redirect(outcome.value.url, 303);
    const { url, code } = outcome.value;
    return data({ refusal: undefined, address: { url, code } });
  }
  const reason = linkReasons.find((one) => one === text(form, 'reason')) ?? 'dead';
  const outcome = await tried<unknown>(
    intent === 'report'
      ? api.reportLink({ ...at, reason })
      : intent === 'withdraw'
        ? api.withdrawReport(at)
        : api.cancelDownload(at),
  );
  if (!outcome.ok) return refused(outcome.refusal);
  throw redirect(back, 303);
}

const refused = (refusal: { message: string; status: number }) =>
  data({ refusal: refusal.message, address: undefined }, { status: refusal.status });

/** The registered address with its code, shown this once; or why there is none. */
export default function Download() {
  const { orderId } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const t = useText(words);
  const c = useText(common);
  return (
    <>
      <Breadcrumbs
        trail={[
          { href: paths.orders(), label: c('myOrders') },
          { href: paths.order(orderId), label: orderId },
        ]}
        here={t('addressTitle')}
      />
      <h1>{t('addressTitle')}</h1>
      <Answer refused={answer?.refusal} />
      {answer?.address && (
        <section className="card stack">
          <Facts
            facts={[
              { name: t('address'), value: <span className="mono break-all">{answer.address.url}</span> },
              {
                name: t('code'),
                value: <span className="mono">{answer.address.code || t('codeNone')}</span>,
              },
            ]}
          />
          <p>
            <a className="btn" href={answer.address.url} rel="noopener noreferrer nofollow" target="_blank">
              {t('addressGo')}
            </a>
          </p>
          <p className="mute">{t('addressNote')}</p>
        </section>
      )}
      <p className="mt-4">
        <ButtonLink href={`${paths.order(orderId)}#downloads`} kind="line">
          {t('back')}
        </ButtonLink>
      </p>
    </>
  );
}
