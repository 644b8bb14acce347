import {
  data,
  Form,
  useActionData,
  useLoaderData,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
} from 'react-router';
import type { Answers, Api } from '../api.ts';
import { again, found, keyed, page, signedIn, text, tried } from '../page.server.ts';
import { paths } from '../paths.ts';
import { account } from '../text/account.ts';
import { common } from '../text/common.ts';
import { community } from '../text/community.ts';
import { court } from '../text/court.ts';
import { fullDay } from '../text/format.ts';
import { risk } from '../text/risk.ts';
import { textIn, useLanguage, useText } from '../text/use.ts';
import { Act } from '../ui/Act.tsx';
import { Answer } from '../ui/Answer.tsx';
import { ButtonLink, Submit } from '../ui/Button.tsx';
import { Input } from '../ui/Field.tsx';
import { Tag } from '../ui/Tag.tsx';
import type { PageHandle } from '../storefront/frame.tsx';
import { Sessions } from './Sessions.tsx';

export const handle: PageHandle = { static: true };

type Me = Answers['identity']['me'];

export async function loader({ context, request }: LoaderFunctionArgs) {
  signedIn(context, request);
  const { api, language } = page(context);
  const [me, { sessions }, { badge }] = await Promise.all([
    found(api.identity.me({})),
    found(api.identity.sessions({})),
    found(api.community.lessons({})),
  ]);
  return { me, sessions, badge, title: textIn(account, language)('accountTitle') };
}

export async function action({ context, request }: ActionFunctionArgs) {
  const form = await request.formData();
  const intent = text(form, 'intent');
  const outcome = await tried<unknown>(changed(keyed(context, form), intent, form));
  if (!outcome.ok) return again(outcome.refusal, form, ['password', 'newPassword']);
  return data({
    refusal: undefined,
    did: intent === 'password' ? ('passwordDone' as const) : ('sessionDone' as const),
  });
}

function changed({ identity }: Api, intent: string, form: FormData): Promise<unknown> {
  if (intent === 'others') return identity.endOtherSessions({});
  if (intent !== 'password') return identity.endSession({ sessionId: text(form, 'session') });
  const given = (name: string): string => String(form.get(name) ?? '');
  return identity.changePassword({ password: given('password'), newPassword: given('newPassword') });
}

export default function Account() {
  const { me, sessions, badge } = useLoaderData<typeof loader>();
  const m = useText(community);
  const answer = useActionData<typeof action>();
  const t = useText(account);
  const language = useLanguage();
  return (
    <>
      <header className="list-h">
        <h1>{t('hello', { name: me.name })}</h1>
        <p className="sub">{t('since', { day: fullDay(me.createdAt, language) })}</p>
        <p className="row">
          {badge ? (
            <Tag tone="ok" icon="check">
              {m('badge')}
            </Tag>
          ) : (
            <a href={paths.learn()}>{m('badgeNone')}</a>
          )}
        </p>
      </header>
      <Answer refused={answer?.refusal?.message} did={answer && 'did' in answer && t(answer.did)} />
      <div className="two">
        <div className="stack">
          <Sessions sessions={sessions} />
          <Password wrong={answer?.refusal?.fields ?? {}} />
        </div>
        <aside className="stack">
          <Doors />
          <Contacts contacts={me.contacts} />
        </aside>
      </div>
    </>
  );
}

function Password({ wrong }: { wrong: Readonly<Record<string, string>> }) {
  const t = useText(account);
  return (
    <section className="card">
      <h2>{t('passwordTitle')}</h2>
      <Form method="post" className="stack">
        <Input
          label={t('passwordNow')}
          name="password"
          type="password"
          autoComplete="current-password"
          required
          maxLength={200}
          error={wrong['password']}
        />
        <Input
          label={t('passwordNew')}
          hint={t('passwordHint')}
          name="newPassword"
          type="password"
          autoComplete="new-password"
          required
          minLength={10}
          maxLength={200}
          error={wrong['newPassword']}
        />
        <Act consequence={t('passwordAfter')}>
          <Submit intent="password">{t('passwordButton')}</Submit>
        </Act>
      </Form>
    </section>
  );
}

function Doors() {
  const t = useText(account);
  const c = useText(common);
  const m = useText(community);
  const j = useText(court);
  const r = useText(risk);
  return (
    <section className="card stack">
      <ButtonLink href={paths.orders()} icon="order">
        {c('myOrders')}
      </ButtonLink>
      <ButtonLink href={paths.wallet()} icon="money" kind="line">
        {t('wallet')}
      </ButtonLink>
      <ButtonLink href={paths.licences()} icon="screen" kind="line">
        {t('licences')}
      </ButtonLink>
      <ButtonLink href={paths.memberships()} icon="case" kind="line">
        {t('memberships')}
      </ButtonLink>
      <ButtonLink href={paths.jury()} icon="scales" kind="line">
        {j('seats')}
      </ButtonLink>
      <ButtonLink href={paths.measures()} icon="scales" kind="line">
        {r('title')}
      </ButtonLink>
      <ButtonLink href={paths.myData()} icon="download" kind="line">
        {m('dataTitle')}
      </ButtonLink>
      <Form method="post" action={paths.logout()}>
        <Act consequence={t('logoutAfter')}>
          <Submit kind="line">{t('logoutTitle')}</Submit>
        </Act>
      </Form>
    </section>
  );
}

function Contacts({ contacts }: { contacts: Me['contacts'] }) {
  const t = useText(account);
  return (
    <section className="card">
      <h3>{t('contactsTitle')}</h3>
      <ul className="stack">
        {contacts.map((contact) => (
          <li key={contact.masked} className="between">
            <span>{contact.masked}</span>
            <Tag tone={contact.verified ? 'ok' : undefined}>
              {t(contact.verified ? 'verified' : 'unverified')}
            </Tag>
          </li>
        ))}
      </ul>
    </section>
  );
}
