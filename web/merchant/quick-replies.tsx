import {
  Form,
  redirect,
  useActionData,
  useLoaderData,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
} from 'react-router';
import { again, found, keyed, page, text, tried } from '../page.server.ts';
import { paths, withQuery } from '../paths.ts';
import { chat } from '../text/chat.ts';
import { common } from '../text/common.ts';
import { textIn, useText } from '../text/use.ts';
import { Note } from '../ui/Blank.tsx';
import { Breadcrumbs } from '../ui/Breadcrumbs.tsx';
import { Submit } from '../ui/Button.tsx';
import { Textarea } from '../ui/Field.tsx';
import { shopOf } from './shop.server.ts';

export async function loader({ context, request }: LoaderFunctionArgs) {
  const shop = await shopOf({ context, request });
  const { api, language } = page(context);
  const { replies } = await found(api.messaging.quickReplies({ shopId: shop.id }));
  const isSaved = new URL(request.url).searchParams.get('saved') !== null;
  return { replies, isSaved, title: textIn(chat, language)('repliesTitle') };
}

export async function action({ context, request }: ActionFunctionArgs) {
  const shop = await shopOf({ context, request });
  const form = await request.formData();
  const replies = text(form, 'replies')
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
  const outcome = await tried(keyed(context, form).messaging.setQuickReplies({ shopId: shop.id, replies }));
  if (!outcome.ok) return again(outcome.refusal, form);
  throw redirect(withQuery(paths.merchantQuickReplies(), { saved: 1 }), 303);
}

export default function QuickReplies() {
  const { replies, isSaved, title } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const t = useText(chat);
  const c = useText(common);
  return (
    <>
      <Breadcrumbs trail={[{ href: paths.merchantMessages(), label: t('messages') }]} here={title} />
      <header className="mh">
        <h1>{title}</h1>
      </header>
      <Form method="post" className="card stack">
        {answer && (
          <Note tone="bad" answer>
            {answer.refusal.message}
          </Note>
        )}
        {isSaved && !answer && <Note answer>{t('repliesSaved')}</Note>}
        <p className="mute">{t('repliesLead')}</p>
        <Textarea
          label={t('repliesLabel')}
          name="replies"
          rows={8}
          defaultValue={answer?.typed['replies'] ?? replies.join('\n')}
        />
        <p>
          <Submit>{c('save')}</Submit>
        </p>
      </Form>
    </>
  );
}
