import { useActionData, useLoaderData, type ActionFunctionArgs, type LoaderFunctionArgs } from 'react-router';
import { Complaint } from '../outside/Complaint.tsx';
import { answered, answerIn } from '../outside/complaints.server.ts';
import { found, page, text } from '../page.server.ts';
import { paths } from '../paths.ts';
import { exact } from '../text/format.ts';
import { outside as words } from '../text/outside.ts';
import { textIn, useFrame, useText } from '../text/use.ts';
import { Answer } from '../ui/Answer.tsx';
import { Empty } from '../ui/Blank.tsx';
import { asStaff } from './staff.server.ts';

export async function loader({ context, request }: LoaderFunctionArgs) {
  asStaff({ context, request });
  const { api, language } = page(context);
  const { complaints, odd } = await found(api.outside.complaints({}));
  const did = new URL(request.url).searchParams.has('did');
  return { complaints, odd, did, title: textIn(words, language)('channelTitle') };
}

export async function action({ context, request }: ActionFunctionArgs) {
  asStaff({ context, request });
  const form = await request.formData();
  const { api } = page(context);
  const orderId = text(form, 'link');
  const answer = answerIn(form);
  const done: Promise<unknown> = orderId
    ? api.outside.link({ channel: answer.channel, number: answer.number, orderId })
    : api.outside.answerAsStaff(answer);
  return answered(done, paths.operatorComplaints(), form);
}

/** Every complaint at a payment channel, what ends first on top; and the notices that nobody believed. */
export default function OperatorComplaints() {
  const { complaints, odd, did, title } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const t = useText(words);
  const { language } = useFrame();
  return (
    <>
      <header className="mh">
        <h1>{title}</h1>
        <p className="mute">{t('channelLead')}</p>
      </header>
      <Answer refused={answer?.refusal.message} did={did && t('answeredDone')} />
      {complaints.length === 0 && <Empty title={t('channelNone')}>{t('channelNoneText')}</Empty>}
      <div className="stack">
        {complaints.map((one) => (
          <Complaint key={one.number} one={one} caseHref={paths.operatorCase} />
        ))}
        {odd.length > 0 && (
          <section className="card">
            <h2>{t('odd')}</h2>
            <ul className="lines">
              {odd.map((notice) => (
                <li key={notice.at + notice.decision}>
                  {notice.channel} · {notice.decision}{' '}
                  <span className="sub">{exact(notice.at, language)}</span>
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
    </>
  );
}
