import {
  Form,
  redirect,
  useLoaderData,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
} from 'react-router';
import type { Answers } from '../api.ts';
import { found, keyed, page, signedIn } from '../page.server.ts';
import { paths, withQuery } from '../paths.ts';
import type { PageHandle } from '../storefront/frame.tsx';
import { moment } from '../text/format.ts';
import { messages } from '../text/messages.ts';
import { textIn, useFrame, useText } from '../text/use.ts';
import { Act } from '../ui/Act.tsx';
import { Empty } from '../ui/Blank.tsx';
import { ButtonLink, Submit } from '../ui/Button.tsx';
import { Tag } from '../ui/Tag.tsx';

export const handle: PageHandle = { static: true, main: 'narrow' };

export async function loader({ context, request }: LoaderFunctionArgs) {
  const { api, viewer, language } = page(context);
  // A guest has messages too; only nobody has to log in first.
  if (viewer.userId === null) signedIn(context, request);
  const cursor = new URL(request.url).searchParams.get('cursor') ?? undefined;
  const answer = await found(api.notifications.messages(cursor === undefined ? {} : { cursor }));
  return { ...answer, title: textIn(messages, language)('title') };
}

export async function action({ context, request }: ActionFunctionArgs) {
  await found(keyed(context, await request.formData()).notifications.markRead({}));
  return redirect(paths.messages());
}

export default function Messages() {
  const { messages: list, unread, next, title } = useLoaderData<typeof loader>();
  const t = useText(messages);
  if (list.length === 0)
    return (
      <>
        <h1>{title}</h1>
        <Empty title={t('noneTitle')}>{t('noneText')}</Empty>
        <p>
          <a href={paths.conversations()}>{t('conversations')}</a>
        </p>
      </>
    );
  return (
    <>
      <header className="list-h">
        <h1>{title}</h1>
        <p className="sub">
          {unread > 0 ? t('unread', { count: unread }) : t('allRead')}{' '}
          <a href={paths.conversations()}>{t('conversations')}</a>
        </p>
      </header>
      <section className="card">
        <ul className="lines">
          {list.map((message) => (
            <Row key={message.id} message={message} />
          ))}
        </ul>
      </section>
      {next && (
        <p className="mt-4">
          <ButtonLink href={withQuery(paths.messages(), { cursor: next })} kind="line">
            {t('more')}
          </ButtonLink>
        </p>
      )}
      {unread > 0 && (
        <Form method="post" className="mt-4">
          <Act consequence={t('markAllAfter')}>
            <Submit kind="line">{t('markAll')}</Submit>
          </Act>
        </Form>
      )}
    </>
  );
}

type Message = Answers['notifications']['messages']['messages'][number];

function Row({ message }: { message: Message }) {
  const t = useText(messages);
  const { now, language } = useFrame();
  return (
    <li>
      <a href={message.link}>
        <b>{message.title}</b>
      </a>{' '}
      {!message.read && <Tag tone="ok">{t('fresh')}</Tag>}
      <p>{message.text}</p>
      <p className="mute">{moment(message.at, now, language)}</p>
    </li>
  );
}
