import {
  Form,
  redirect,
  useActionData,
  useLoaderData,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
} from 'react-router';
import { again, formKey, keyed, page, text, tried } from '../page.server.ts';
import { paths, safeNext, withQuery } from '../paths.ts';
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
  const next = safeNext(new URL(request.url).searchParams.get('next'));
  if (viewer.userId && !viewer.guest) throw redirect(next);
  return { formKey: formKey(context), next, title: textIn(account, language)('registerTitle') };
}

export async function action({ context, request }: ActionFunctionArgs) {
  const form = await request.formData();
  const outcome = await tried(
    keyed(context, form).identity.register({
      login: text(form, 'login'),
      password: String(form.get('password') ?? ''),
      name: text(form, 'name') || undefined,
    }),
  );
  if (!outcome.ok) return again(outcome.refusal, form);
  return redirect(withQuery(paths.login(), { next: safeNext(text(form, 'next')), registered: 1 }));
}

export default function Register() {
  const { formKey, next } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const t = useText(account);
  return (
    <>
      <h1>{t('registerTitle')}</h1>
      <p className="sub">{t('registerLead')}</p>
      <Form method="post" className="card stack">
        {answer && (
          <Note tone="bad" answer>
            {answer.refusal.message}
          </Note>
        )}
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
          hint={t('passwordHint')}
          name="password"
          type="password"
          autoComplete="new-password"
          required
          minLength={10}
          maxLength={200}
          error={answer?.refusal.fields['password']}
        />
        <Input
          label={t('nickname')}
          hint={t('nicknameHint')}
          name="name"
          autoComplete="nickname"
          maxLength={30}
          defaultValue={answer?.typed['name']}
          error={answer?.refusal.fields['name']}
        />
        <Act consequence={t('registerAfter')}>
          <Submit wide busyText={t('registerBusy')}>
            {t('registerButton')}
          </Submit>
        </Act>
      </Form>
      <p className="mute">
        {t('haveAccount')} <a href={paths.login(next)}>{t('loginTitle')}</a>
      </p>
    </>
  );
}
