import {
  Form,
  redirect,
  useActionData,
  useLoaderData,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
} from 'react-router';
import { again, formKey, keyed, page, text, tried } from '../page.server.ts';
import { paths } from '../paths.ts';
import { finding } from '../text/finding.ts';
import { textIn, useText } from '../text/use.ts';
import { Act } from '../ui/Act.tsx';
import { Note } from '../ui/Blank.tsx';
import { Submit } from '../ui/Button.tsx';
import { Input } from '../ui/Field.tsx';
import { IdempotencyKey } from '../ui/IdempotencyKey.tsx';
import type { PageHandle } from './frame.tsx';

export const handle: PageHandle = { static: true, main: 'narrow' };

/** Whoever is logged in claims the order; everybody else becomes its guest in this browser. */
const claims = (context: LoaderFunctionArgs['context']): boolean => {
  const { viewer } = page(context);
  return viewer.userId !== null && !viewer.guest;
};

export function loader({ context }: LoaderFunctionArgs) {
  const claim = claims(context);
  const title = textIn(finding, page(context).language)(claim ? 'claimTitle' : 'title');
  return { formKey: formKey(context), claim, title };
}

export async function action({ context, request }: ActionFunctionArgs) {
  const form = await request.formData();
  const { orders } = keyed(context, form);
  const asked = { orderId: text(form, 'order'), orderPassword: String(form.get('password') ?? '') };
  const outcome = await tried(claims(context) ? orders.claim(asked) : orders.open(asked));
  return outcome.ok ? redirect(paths.order(outcome.value.orderId)) : again(outcome.refusal, form);
}

export default function FindOrder() {
  const { formKey, claim, title } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const t = useText(finding);
  return (
    <>
      <h1>{title}</h1>
      <p className="sub">{t(claim ? 'claimLead' : 'lead')}</p>
      <Form method="post" className="card stack">
        {answer && (
          <Note tone="bad" answer>
            {answer.refusal.message}
          </Note>
        )}
        <IdempotencyKey value={formKey} />
        <Input
          label={t('order')}
          hint={t('orderHint')}
          name="order"
          autoCapitalize="none"
          autoComplete="off"
          required
          maxLength={64}
          defaultValue={answer?.typed['order']}
        />
        <Input
          label={t('password')}
          name="password"
          type="password"
          autoComplete="off"
          required
          minLength={6}
          maxLength={100}
          error={answer?.refusal.fields['orderPassword']}
        />
        <Act consequence={t(claim ? 'claimAfter' : 'findAfter')}>
          <Submit wide busyText={t('busy')}>
            {t(claim ? 'claim' : 'find')}
          </Submit>
        </Act>
      </Form>
    </>
  );
}
