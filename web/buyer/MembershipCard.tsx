import { Form } from 'react-router';
import { membershipStateWords } from '../../src/delivery/membership/contract.ts';
import type { Answers } from '../api.ts';
import { paths } from '../paths.ts';
import { endOfFullDay, fullDay, money } from '../text/format.ts';
import { memberships as words } from '../text/memberships.ts';
import { useLanguage, useText } from '../text/use.ts';
import { Act, Why } from '../ui/Act.tsx';
import { Bar } from '../ui/Bar.tsx';
import { ButtonLink, Submit } from '../ui/Button.tsx';
import { Facts } from '../ui/Facts.tsx';
import { Rich } from '../ui/Rich.tsx';
import { Tag } from '../ui/Tag.tsx';

export type Membership = Answers['memberships']['mine']['memberships'][number];

const tones = {
  pending: 'hold',
  active: 'ok',
  expiring: 'hold',
  expired: undefined,
  suspended: 'hold',
  ended: undefined,
} as const;

/** One membership: how many days are left first, then until when, what it includes, and what can be done. */
export function MembershipCard({
  membership,
  version,
  isBuyer = true,
  isAlone = false,
}: {
  membership: Membership;
  /** The rulebook to cite. */ version?: string;
  isBuyer?: boolean;
  /** On its own page the title leads to the order. */ isAlone?: boolean;
}) {
  const t = useText(words);
  const language = useLanguage();
  const { state, daysLeft, daysAll, periods } = membership;
  const newest = periods.at(-1);
  return (
    <section className="card stack">
      <div className="between">
        <h2 className="m-0">{isAlone ? membership.title : t('panel')}</h2>
        <Tag tone={tones[state]}>{membershipStateWords[state][language]}</Tag>
      </div>
      <div>
        <p className="clock-left">
          {state === 'pending'
            ? t('daysWait')
            : daysLeft > 0
              ? t('daysLeft', { days: daysLeft })
              : t('daysNone')}
        </p>
        {daysAll > 0 && (
          <>
            <Bar share={daysLeft / daysAll} />
            <p className="mute">{t('of', { all: daysAll })}</p>
          </>
        )}
      </div>
      {membership.suspendedAt !== null && (
        <p>
          <Rich
            text={t('suspended', { time: fullDay(membership.suspendedAt, language) })}
            version={version}
          />
        </p>
      )}
      <Facts wide facts={useFacts(membership, version)} />
      <Terms periods={periods} />
      {isBuyer && <Deeds membership={membership} version={version} />}
      {isAlone && newest && (
        <p>
          <a href={paths.order(newest.orderId)}>{t('toOrder')}</a>
        </p>
      )}
    </section>
  );
}

function useFacts(membership: Membership, version: string | undefined) {
  const t = useText(words);
  const language = useLanguage();
  const { begunAt, endsAt, includes, level, sharing, state } = membership;
  const unused = membership.periods.reduce((sum, one) => sum + BigInt(one.unusedValue), 0n);
  const runs = state !== 'expired' && state !== 'ended';
  return [
    { name: t('level'), value: level },
    ...(begunAt === null ? [] : [{ name: t('from'), value: fullDay(begunAt, language) }]),
    ...(endsAt === null ? [] : [{ name: t('until'), value: endOfFullDay(endsAt, language) }]),
    {
      name: t('includes'),
      value: (
        <ul className="list-disc pl-5">
          {includes.map((one) => (
            <li key={one}>{one}</li>
          ))}
        </ul>
      ),
    },
    { name: t('sharing'), value: t(sharing) },
    ...(runs && unused > 0n && membership.daysLeft > 0
      ? [
          {
            name: t('worth'),
            value: (
              <Rich
                text={t('worthText', { days: membership.daysLeft, amount: money(unused) })}
                version={version}
              />
            ),
          },
        ]
      : []),
  ];
}

/** Every term that was paid for, with its days. One alone says nothing new. */
function Terms({ periods }: { periods: Membership['periods'] }) {
  const t = useText(words);
  const language = useLanguage();
  if (periods.length < 2 && !periods.some((one) => one.ended)) return null;
  return (
    <details className="fold">
      <summary>
        <span className="text-brand">{t('orders')}</span>
      </summary>
      <ul className="lines text-sm">
        {periods.map((one) => (
          <li key={`${one.orderId}/${one.line}`}>
            {one.ended
              ? t('periodEnded')
              : one.from === null || one.until === null
                ? t('periodWaits')
                : t('period', {
                    from: fullDay(one.from, language),
                    until: endOfFullDay(one.until, language),
                    days: one.days ?? 0,
                  })}{' '}
            <span className="mute">{money(one.paid)}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}

function Deeds({ membership, version }: { membership: Membership; version: string | undefined }) {
  const t = useText(words);
  const { state, canRenew, variantId, membershipId } = membership;
  return (
    <div className="acts">
      {state === 'pending' && (
        <Form method="post">
          <input type="hidden" name="membership" value={membershipId} />
          <Act consequence={<Rich text={t('startAfter')} version={version} />}>
            <Submit intent="start">{t('start')}</Submit>
          </Act>
        </Form>
      )}
      {canRenew ? (
        <Act consequence={<Rich text={t('renewAfter')} version={version} />}>
          <ButtonLink kind="line" href={paths.checkout(variantId)}>
            {t('renew')}
          </ButtonLink>
        </Act>
      ) : (
        <Why label={t('renew')} reason={t('renewWhy')} />
      )}
    </div>
  );
}
