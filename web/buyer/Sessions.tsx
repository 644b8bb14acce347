import type { Answers } from '../api.ts';
import { Form } from 'react-router';
import { account } from '../text/account.ts';
import { moment } from '../text/format.ts';
import { useFrame, useText } from '../text/use.ts';
import { Act, Why } from '../ui/Act.tsx';
import { Submit } from '../ui/Button.tsx';
import { Tag } from '../ui/Tag.tsx';

type Session = Answers['identity']['sessions']['sessions'][number];

/** Where the account is logged in, with a button that ends each. */
export function Sessions({ sessions }: { sessions: readonly Session[] }) {
  const t = useText(account);
  return (
    <section className="card">
      <h2>{t('sessionsTitle')}</h2>
      <p className="mute mb-3">{t('sessionsLead')}</p>
      <ul className="lines">
        {sessions.map((session) => (
          <SessionRow key={session.id} session={session} />
        ))}
      </ul>
      <Form method="post" className="mt-4">
        {sessions.length > 1 ? (
          <Act consequence={t('endOthersAfter')}>
            <Submit intent="others" kind="line">
              {t('endOthers')}
            </Submit>
          </Act>
        ) : (
          <Why label={t('endOthers')} reason={t('noOthers')} />
        )}
      </Form>
    </section>
  );
}

function SessionRow({ session }: { session: Session }) {
  const t = useText(account);
  const { wall, language } = useFrame();
  return (
    <li className="between">
      <div>
        <b>{deviceOf(session.userAgent)}</b> {session.current && <Tag tone="ok">{t('sessionHere')}</Tag>}
        <p className="mute">
          {t('sessionSeen', {
            seen: moment(session.seenAt, wall, language),
            since: moment(session.createdAt, wall, language),
            ip: session.ip,
          })}
        </p>
      </div>
      {!session.current && (
        <Form method="post">
          <input type="hidden" name="session" value={session.id} />
          <Submit intent="session" kind="line" small>
            {t('endSession')}
          </Submit>
        </Form>
      )}
    </li>
  );
}

/** 'Chrome · Windows' from a User-Agent: a hint for people, not a fact. */
export function deviceOf(userAgent: string): string {
  const browser =
    /MicroMessenger|Edg|OPR|Firefox|Chrome|Safari/.exec(userAgent)?.[0] ??
    userAgent.split('/')[0]?.slice(0, 30) ??
    '';
  const system = /iPhone|iPad|Android|HarmonyOS|Windows|Mac OS|Linux/.exec(userAgent)?.[0];
  const names: Readonly<Record<string, string>> = {
    MicroMessenger: 'WeChat',
    Edg: 'Edge',
    OPR: 'Opera',
    'Mac OS': 'macOS',
  };
  return (
    [browser, system]
      .filter((name) => name !== undefined && name !== '')
      .map((name) => names[name as string] ?? name)
      .join(' · ') || '?'
  );
}
