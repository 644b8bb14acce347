import {
  redirect,
  useActionData,
  useLoaderData,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
} from 'react-router';
import { again, found, keyed, page, text, tried } from '../page.server.ts';
import { paths, withQuery } from '../paths.ts';
import type { PageHandle } from '../storefront/frame.tsx';
import { memberships as words } from '../text/memberships.ts';
import { textIn, useText } from '../text/use.ts';
import { Answer } from '../ui/Answer.tsx';
import { Empty } from '../ui/Blank.tsx';
import { ButtonLink } from '../ui/Button.tsx';
import { Rich } from '../ui/Rich.tsx';
import { loggedIn } from './loggedIn.server.ts';
import { MembershipCard } from './MembershipCard.tsx';

export const handle: PageHandle = { static: true };

export async function loader({ context, request }: LoaderFunctionArgs) {
  loggedIn(context, request);
  const { api, language } = page(context);
  const { memberships } = await found(api.memberships.mine({}));
  const did = new URL(request.url).searchParams.get('did') === 'start';
  return { memberships, did, title: textIn(words, language)('title') };
}

export async function action({ context, request }: ActionFunctionArgs) {
  const form = await request.formData();
  const membershipId = text(form, 'membership');
  const outcome = await tried(keyed(context, form).memberships.start({ membershipId }));
  if (!outcome.ok) return again(outcome.refusal, form);
  throw redirect(withQuery(paths.memberships(), { did: 'start' }), 303);
}

/** All my memberships: those that end first at the top (F204). */
export default function Memberships() {
  const { memberships, did } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const t = useText(words);
  return (
    <>
      <header className="list-h">
        <h1>{t('title')}</h1>
        <p className="sub">
          <Rich text={t('lead')} />
        </p>
      </header>
      <Answer refused={answer?.refusal?.message} did={did && !answer && t('did_start')} />
      {memberships.length === 0 ? (
        <Empty
          title={t('emptyTitle')}
          next={<ButtonLink href={paths.category('memberships')}>{t('see')}</ButtonLink>}
        >
          {t('emptyText')}
        </Empty>
      ) : (
        <div className="stack desk:grid-cols-2">
          {memberships.map((one) => (
            <MembershipCard key={one.membershipId} membership={one} isAlone />
          ))}
        </div>
      )}
    </>
  );
}
