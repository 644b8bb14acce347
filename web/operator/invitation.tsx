import {
  Form,
  redirect,
  useActionData,
  useLoaderData,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
} from 'react-router';
import { again, formKey, keyed, page, signedIn, text, tried } from '../page.server.ts';
import { paths } from '../paths.ts';
import type { PageHandle } from '../storefront/frame.tsx';
import { invitation } from '../text/invitation.ts';
import { textIn, useText } from '../text/use.ts';
import { Act } from '../ui/Act.tsx';
import { Note } from '../ui/Blank.tsx';
import { Submit } from '../ui/Button.tsx';
import { IdempotencyKey } from '../ui/IdempotencyKey.tsx';

export const handle: PageHandle = { static: true, main: 'narrow' };

/** Opening the link takes nothing: a link scanner must not use it up. The button does. */
export function loader({ context, request }: LoaderFunctionArgs) {
  signedIn(context, request);
  const { viewer, language } = page(context);
  return {
    formKey: formKey(context),
    name: viewer.name ?? '',
    token: new URL(request.url).searchParams.get('token') ?? '',
    title: textIn(invitation, language)('title'),
  };
}

export async function action({ context, request }: ActionFunctionArgs) {
  const form = await request.formData();
  const outcome = await tried(keyed(context, form).identity.acceptInvitation({ token: text(form, 'token') }));
  return outcome.ok ? redirect(paths.operator()) : again(outcome.refusal, form, ['token']);
}

export default function Invitation() {
  const { formKey, name, token } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const t = useText(invitation);
  return (
    <>
      <h1>{t('title')}</h1>
      <p className="sub">{t('lead', { name })}</p>
      <Form method="post" className="card stack">
        {answer && (
          <Note tone="bad" answer>
            {answer.refusal.message}
          </Note>
        )}
        <IdempotencyKey value={formKey} />
        <input type="hidden" name="token" value={token} />
        <Act consequence={t('after')}>
          <Submit wide busyText={t('busy')}>
            {t('button')}
          </Submit>
        </Act>
      </Form>
    </>
  );
}
