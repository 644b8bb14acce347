import {
  Form,
  redirect,
  useActionData,
  useLoaderData,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
} from 'react-router';
import type { Answers } from '../api.ts';
import { again, found, page, signedIn, text, tried } from '../page.server.ts';
import { paths } from '../paths.ts';
import type { PageHandle } from '../storefront/frame.tsx';
import { court as words } from '../text/court.ts';
import { deadline } from '../text/format.ts';
import { textIn, useFrame, useText } from '../text/use.ts';
import { Act } from '../ui/Act.tsx';
import { Answer } from '../ui/Answer.tsx';
import { Empty } from '../ui/Blank.tsx';
import { ButtonLink, Submit } from '../ui/Button.tsx';
import { Tag } from '../ui/Tag.tsx';

export const handle: PageHandle = { dock: () => null };

export async function loader({ context, request }: LoaderFunctionArgs) {
  signedIn(context, request);
  const { api, language } = page(context);
  return { ...(await found(api.jury.mine({}))), title: textIn(words, language)('seats') };
}

export async function action({ context, request }: ActionFunctionArgs) {
  const form = await request.formData();
  const outcome = await tried(page(context).api.jury.volunteer({ willing: text(form, 'intent') === 'join' }));
  if (!outcome.ok) return again(outcome.refusal, form);
  throw redirect(paths.jury(), 303);
}

/** Whether I sit on juries, and where. */
export default function Jury() {
  const mine = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const t = useText(words);
  return (
    <>
      <header className="oh">
        <div>
          <h1>{t('seats')}</h1>
          <p className="sub">{t('seatsLead')}</p>
        </div>
      </header>
      <Answer refused={answer?.refusal?.message} />
      <div className="two">
        <section className="card">
          {mine.seats.length === 0 && <Empty title={t('noSeats')}>{t('noSeatsText')}</Empty>}
          <ul className="lines">
            {mine.seats.map((seat) => (
              <SeatRow key={seat.caseId} seat={seat} />
            ))}
          </ul>
        </section>
        <aside className="card">
          <Form method="post" className="stack">
            {mine.willing ? (
              <>
                <p>{t('willing')}</p>
                <Submit intent="leave" kind="line">
                  {t('leaveJury')}
                </Submit>
              </>
            ) : mine.fit ? (
              <Act consequence={t('joinAfter')}>
                <Submit intent="join">{t('join')}</Submit>
              </Act>
            ) : (
              <p className="sub">{t('unfit', { wanted: mine.wanted, orders: mine.orders })}</p>
            )}
          </Form>
        </aside>
      </div>
    </>
  );
}

type Seat = Answers['jury']['mine']['seats'][number];

function SeatRow({ seat }: { seat: Seat }) {
  const t = useText(words);
  const { now, language } = useFrame();
  return (
    <li className="between">
      <span>
        {t('seatOf')} <span className="mono">{seat.caseId.slice(-6)}</span>
        <br />
        <span className="mute">
          {seat.live && seat.dueAt ? t('until', { time: deadline(seat.dueAt, now, language) }) : ''}
        </span>
        <Tag tone={seat.live ? 'hold' : undefined}>
          {t(
            !seat.live
              ? 'over'
              : seat.opened
                ? 'opened'
                : seat.state === 'opening'
                  ? 'needOpen'
                  : seat.voted
                    ? 'sealed'
                    : 'needSeal',
          )}
        </Tag>
      </span>
      <ButtonLink href={paths.juryCase(seat.caseId)} small kind="line">
        {t('sheet')}
      </ButtonLink>
    </li>
  );
}
