import {
  Form,
  redirect,
  useActionData,
  useLoaderData,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
} from 'react-router';
import { again, formKey, keyed, page, text, tried } from '../page.server.ts';
import { paths, safeNext } from '../paths.ts';
import { account } from '../text/account.ts';
import { textIn, useText } from '../text/use.ts';
import { Act } from '../ui/Act.tsx';
import { Note } from '../ui/Blank.tsx';
import { Submit } from '../ui/Button.tsx';
import { Input } from '../ui/Field.tsx';
import { IdempotencyKey } from '../ui/IdempotencyKey.tsx';
import type { PageHandle } from './frame.tsx';

export const handle: PageHandle = { static: true, main: 'narrow' };

export function loader({ context, request }: LoaderFunctionArgs) {
  const { viewer, language } = page(context);
  const query = new URL(request.url).searchParams;
  const next = safeNext(query.get('next'));
  if (viewer.userId && !viewer.guest) throw redirect(next);
  return {
    formKey: formKey(context),
    next,
    registered: query.has('registered'),
    title: textIn(account, language)('loginTitle'),
  };
}

export async function action({ context, request }: ActionFunctionArgs) {
  const form = await request.formData();
  const outcome = await tried(
    keyed(context, form).identity.login({
      login: text(form, 'login'),
      password: String(form.get('password') ?? ''),
    }),
  );
  return outcome.ok ? redirect(safeNext(text(form, 'next'))) : again(outcome.refusal, form);
}

export default function Login() {
  const { formKey, next, registered } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const t = useText(account);
  return (
    <>
      <h1>{t('loginTitle')}</h1>
      <p className="sub">{t('loginLead')}</p>
      <Form method="post" className="card stack">
        {answer && (
          <Note tone="bad" answer>
            {answer.refusal.message}
          </Note>
        )}
        {!answer && registered && <Note answer>{t('registered')}</Note>}
        <IdempotencyKey value={formKey} />
        <input type="hidden" name="next" value={next} />
        <Input
          label={t('login')}
          name="login"
          autoComplete="username"
          autoCapitalize="none"
          required
          maxLength={200}
          defaultValue={answer?.typed['login']}
          error={answer?.refusal.fields['login']}
        />
        <Input
          label={t('password')}
          name="password"
          type="password"
          autoComplete="current-password"
          required
          maxLength={200}
          error={answer?.refusal.fields['password']}
        />
        <Act consequence={t('loginAfter')}>
          <Submit wide busyText={t('loginBusy')}>
            {t('loginButton')}
          </Submit>
        </Act>
      </Form>
      <p className="mute">
        {t('noAccount')} <a href={paths.register(next)}>{t('registerTitle')}</a> {t('guestToo')}
      </p>
    </>
  );
}
