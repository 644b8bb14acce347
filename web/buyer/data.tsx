import {
  Form,
  redirect,
  useActionData,
  useLoaderData,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
} from 'react-router';
import { again, found, keyed, page, signedIn, tried } from '../page.server.ts';
import { paths } from '../paths.ts';
import type { PageHandle } from '../storefront/frame.tsx';
import { account } from '../text/account.ts';
import { community } from '../text/community.ts';
import { moment } from '../text/format.ts';
import { textIn, useFrame, useText } from '../text/use.ts';
import { Act } from '../ui/Act.tsx';
import { Answer } from '../ui/Answer.tsx';
import { Empty } from '../ui/Blank.tsx';
import { Breadcrumbs } from '../ui/Breadcrumbs.tsx';
import { ButtonLink, Submit } from '../ui/Button.tsx';
import { Input } from '../ui/Field.tsx';

export const handle: PageHandle = { static: true };

export async function loader({ context, request }: LoaderFunctionArgs) {
  signedIn(context, request);
  const { api, language } = page(context);
  return { ...(await found(api.community.exports({}))), title: textIn(community, language)('dataTitle') };
}

/** The password first; then the copy is asked for. */
export async function action({ context, request }: ActionFunctionArgs) {
  const form = await request.formData();
  const api = keyed(context, form);
  const password = form.get('password');
  const outcome = await tried(
    (async () => {
      if (typeof password === 'string' && password !== '') await api.identity.confirm({ password });
      return api.community.askExport({});
    })(),
  );
  if (!outcome.ok) return again(outcome.refusal, form);
  throw redirect(paths.myData(), 303);
}

export default function MyData() {
  const { exports } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const t = useText(community);
  const a = useText(account);
  const busy = exports.some((one) => ['waiting', 'making', 'ready'].includes(one.state));
  return (
    <>
      <Breadcrumbs trail={[{ href: paths.account(), label: a('accountTitle') }]} here={t('dataTitle')} />
      <header className="list-h">
        <h1>{t('dataTitle')}</h1>
        <p className="sub">{t('dataLead')}</p>
        <p className="mute">{t('dataNot')}</p>
      </header>
      <Answer refused={answer?.refusal?.message} />
      <div className="stack">
        {exports.length === 0 && <Empty title={t('dataNone')} />}
        {exports.map((one) => (
          <Copy key={one.exportId} copy={one} />
        ))}
        {!busy && (
          <section className="card">
            <Form method="post" className="stack">
              <Password />
              <Act consequence={t('dataAfter')}>
                <Submit>{t('dataAsk')}</Submit>
              </Act>
            </Form>
          </section>
        )}
      </div>
    </>
  );
}

const Password = () => {
  const t = useText(community);
  return (
    <Input
      label={t('dataPassword')}
      name="password"
      type="password"
      autoComplete="current-password"
      required
      maxLength={200}
    />
  );
};

type Row = Awaited<ReturnType<typeof loader>>['exports'][number];

function Copy({ copy }: { copy: Row }) {
  const t = useText(community);
  const { wall, language } = useFrame();
  const said = (at: string | null) => (at ? moment(at, wall, language) : '');
  const time = copy.state === 'ready' ? said(copy.expiresAt) : said(copy.fetchedAt);
  return (
    <section className="card stack">
      <h2>{t(`dataState_${copy.state}`, { time, done: copy.done, parts: copy.parts })}</h2>
      <p className="mute">{said(copy.askedAt)}</p>
      {copy.sha256 && <p className="mute mono wrap-anywhere">{t('dataHash', { sha: copy.sha256 })}</p>}
      {(copy.state === 'waiting' || copy.state === 'making') && (
        <p>
          <ButtonLink kind="line" small href={paths.myData()}>
            {t('dataReload')}
          </ButtonLink>
        </p>
      )}
      {copy.state === 'ready' && (
        <form method="post" action={paths.myDataFile()} className="stack">
          <input type="hidden" name="copy" value={copy.exportId} />
          <Password />
          <Act consequence={t('dataFetchAfter')}>
            <button className="btn" type="submit">
              {t('dataFetch')}
            </button>
          </Act>
        </form>
      )}
    </section>
  );
}
