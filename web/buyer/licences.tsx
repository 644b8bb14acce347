import {
  data,
  redirect,
  useActionData,
  useLoaderData,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
} from 'react-router';
import { licenceRefusals } from '../../src/delivery/licence/contract.ts';
import { found, keyed, page, text, tried } from '../page.server.ts';
import { paths } from '../paths.ts';
import type { PageHandle } from '../storefront/frame.tsx';
import { licences as words } from '../text/licences.ts';
import { textIn, useText } from '../text/use.ts';
import { Answer } from '../ui/Answer.tsx';
import { Empty } from '../ui/Blank.tsx';
import { ButtonLink } from '../ui/Button.tsx';
import { Pager } from '../ui/Table.tsx';
import { LicenceCard, type Licence, type Looked } from './LicenceCard.tsx';
import { loggedIn } from './loggedIn.server.ts';

export const handle: PageHandle = {};

export async function loader({ context, request }: LoaderFunctionArgs) {
  loggedIn(context, request);
  const { api, language } = page(context);
  const query = new URL(request.url).searchParams;
  const order = query.get('order') ?? undefined;
  const before = query.get('before') ?? undefined;
  const { licences, next } = order
    ? { ...(await found(api.licences.ofOrder({ orderId: order }))), next: null }
    : await found(api.licences.mine({ limit: 20, ...(before && { before }) }));
  const refused = licenceRefusals[query.get('refused') as keyof typeof licenceRefusals];
  return {
    licences,
    next,
    order,
    isFirst: before === undefined,
    did: query.get('did') === 'unbind',
    refused: refused?.[language],
    title: textIn(words, language)('mine'),
  };
}

/** A look is answered with the page that shows the key, this once; everything else goes back with a GET. */
export async function action({ context, request }: ActionFunctionArgs) {
  const form = await request.formData();
  const [licenceId, intent] = [text(form, 'licence'), text(form, 'intent')];
  const order = new URL(request.url).searchParams.get('order') ?? undefined;
  const api = keyed(context, form);
  if (intent === 'unbind') {
    const gone = await tried(api.licences.unbind({ licenceId, machineId: text(form, 'machine') }));
    const told = gone.ok ? { did: 'unbind' } : { refused: gone.refusal.code };
    throw redirect(paths.licences(order, told), 303);
  }
  const password = form.get('password');
  const seen = await tried(
    (async () => {
      if (typeof password === 'string' && password !== '') await api.identity.confirm({ password });
      return api.licences.reveal({ licenceId });
    })(),
  );
  const looked: Looked = seen.ok
    ? { licenceId, key: seen.value.key }
    : { licenceId, said: seen.refusal.message };
  return data({ looked }, { status: seen.ok ? 200 : seen.refusal.status });
}

export default function Licences() {
  const { licences, next, order, isFirst, did, refused } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const t = useText(words);
  return (
    <>
      <header className="list-h">
        <h1>{t('mine')}</h1>
        <p className="sub">{t('mineLead')}</p>
      </header>
      <Answer refused={refused} did={did && t('did_unbind')} />
      {order && (
        <p className="mb-4">
          <a href={paths.order(order)}>{t('ofOrder', { order })}</a> ·{' '}
          <a href={paths.licences()}>{t('all')}</a>
        </p>
      )}
      {licences.length === 0 ? (
        <Empty
          title={t('mineNone')}
          next={<ButtonLink href={paths.category('software')}>{t('browse')}</ButtonLink>}
        >
          {t('mineNoneText')}
        </Empty>
      ) : (
        <div className="stack">
          {byOrder(licences).map((group) => (
            <OneOrder key={group[0]?.orderId} group={group} looked={answer?.looked} />
          ))}
        </div>
      )}
      <Pager
        previous={isFirst ? undefined : paths.licences(order)}
        next={next === null ? undefined : paths.licences(undefined, { before: next })}
      />
    </>
  );
}

const byOrder = (list: readonly Licence[]): Licence[][] => [
  ...Map.groupBy(list, (licence) => licence.orderId).values(),
];

function OneOrder({ group, looked }: { group: readonly Licence[]; looked: Looked | undefined }) {
  const [first] = group;
  if (!first) return null;
  return (
    <section className="card">
      <h2>
        <a href={paths.order(first.orderId)}>{first.title}</a>
      </h2>
      <p className="sub mb-2">
        {first.variantName} · {first.shopName}
      </p>
      {group.map((licence, index) => (
        <LicenceCard key={licence.licenceId} licence={licence} number={index + 1} looked={looked} />
      ))}
    </section>
  );
}
