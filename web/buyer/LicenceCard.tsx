import { useEffect, useState } from 'react';
import { Form, useFetcher } from 'react-router';
import { licenceLogWords } from '../../src/delivery/licence/contract.ts';
import type { Answers } from '../api.ts';
import { paths } from '../paths.ts';
import { deadline, moment } from '../text/format.ts';
import { licences as words } from '../text/licences.ts';
import { useFrame, useText } from '../text/use.ts';
import { Act, Why } from '../ui/Act.tsx';
import { Note } from '../ui/Blank.tsx';
import { Button, Submit } from '../ui/Button.tsx';
import { Input } from '../ui/Field.tsx';
import { RevealedKey } from '../ui/KeyCard.tsx';
import { Rich } from '../ui/Rich.tsx';
import { Tag } from '../ui/Tag.tsx';
import type { action } from './licences.tsx';

export type Licence = Answers['licences']['mine']['licences'][number];
export type Detailed = Answers['licences']['ofOrder']['licences'][number];
type Machine = Licence['machines'][number];

/** A key that the server has just shown, or why it did not. */
export type Looked = { readonly licenceId: string; readonly key?: string; readonly said?: string };

const reasonText = { refund: 'reasonRefund', case: 'reasonCase', hold: 'reasonHold' } as const;
const tone = { active: 'ok', suspended: 'bad', expired: 'hold' } as const;

/** One licence: its key under its seam, its seats and what may be done with them. Every form works without JavaScript. */
export function LicenceCard({
  licence,
  number,
  looked,
}: {
  licence: Licence | Detailed;
  number: number;
  looked: Looked | undefined;
}) {
  const t = useText(words);
  return (
    <article className="key" id={licence.licenceId}>
      <div className="key-h">
        <b>{t('place', { number })}</b>
        <span className="mute">{t('masked', { key: licence.masked })}</span>
        <Tag tone={tone[licence.state]}>{t(`state_${licence.state}`)}</Tag>
      </div>
      <div className="key-b stack">
        {licence.reasons.map((reason) => (
          <Note key={reason} tone="hold">
            {t(reasonText[reason])}
          </Note>
        ))}
        <p>
          <Term licence={licence} />
        </p>
        <Look licence={licence} looked={looked} />
      </div>
      <Devices licence={licence} />
      {'log' in licence && <Activation licence={licence} />}
      {licence.offline_days !== null && licence.state === 'active' && <Offline licence={licence} />}
      {'log' in licence && <Log licence={licence} />}
    </article>
  );
}

function Term({ licence }: { licence: Licence }) {
  const t = useText(words);
  const { now, language } = useFrame();
  const { seats, used, uses, expiresAt, duration_days: days, basis } = licence;
  const parts = [
    seats === null ? t('seatsAny', { used }) : t('seats', { used, seats }),
    ...(uses === null ? [] : [t('uses', { used: uses.used, max: uses.max })]),
    expiresAt !== null
      ? t('until', { time: deadline(expiresAt, now, language) })
      : days === null
        ? t('forGood')
        : t(`starts_${basis}`, { days }),
  ];
  return <>{parts.join(' · ')}</>;
}

/** With JavaScript the key appears in place and is hidden after a minute; without, the page of licences shows it once. */
function Look({ licence, looked }: { licence: Licence; looked: Looked | undefined }) {
  const t = useText(words);
  const { now, language } = useFrame();
  const fetcher = useFetcher<typeof action>();
  const [isReady, setReady] = useState(false);
  useEffect(() => setReady(true), []);
  const here = fetcher.data?.looked ?? looked;
  const mine = here?.licenceId === licence.licenceId ? here : undefined;
  if (mine?.key !== undefined)
    return (
      <RevealedKey key={mine.key} parts={[{ label: t('key'), value: mine.key }]}>
        <p className="mute mt-2" role="status">
          {t(isReady ? 'shownNow' : 'shownOnce')}
        </p>
      </RevealedKey>
    );
  const { revealedAt } = licence;
  return (
    <fetcher.Form method="post" action={paths.licences(licence.orderId)} className="stack reveal">
      <input type="hidden" name="licence" value={licence.licenceId} />
      <p className="mute">
        {revealedAt === null
          ? t('notRevealed')
          : t('shownBefore', { time: moment(revealedAt, now, language) })}
      </p>
      {mine?.said !== undefined && (
        <>
          <Note tone="hold" answer>
            {mine.said}
          </Note>
          <Input
            label={t('password')}
            hint={t('passwordHint')}
            name="password"
            type="password"
            autoComplete="current-password"
            maxLength={200}
          />
        </>
      )}
      <Act consequence={<Rich text={t('revealAfter')} />}>
        <Button
          type="submit"
          name="intent"
          value="reveal"
          icon="key"
          kind={revealedAt === null ? 'filled' : 'line'}
          aria-busy={fetcher.state !== 'idle'}
        >
          {t(revealedAt === null ? 'reveal' : 'revealAgain')}
        </Button>
      </Act>
    </fetcher.Form>
  );
}

function Devices({ licence }: { licence: Licence }) {
  const t = useText(words);
  return (
    <div className="key-b">
      <h3>{t('devices')}</h3>
      {licence.machines.length === 0 ? (
        <p className="mute">{t('noDevices')}</p>
      ) : (
        <ul className="stack m-0 list-none p-0">
          {licence.machines.map((machine) => (
            <Device key={machine.machineId} licence={licence} machine={machine} />
          ))}
        </ul>
      )}
    </div>
  );
}

function Device({ licence, machine }: { licence: Licence; machine: Machine }) {
  const t = useText(words);
  const { now, language } = useFrame();
  const { times, per_days: days, left } = licence.unbind;
  return (
    <li className="stack">
      <p>
        <b>{machine.name || t('unnamed')}</b>{' '}
        {machine.platform && <span className="mute">{machine.platform}</span>}
        <br />
        <span className="sub">
          {t('bound', { time: moment(machine.activatedAt, now, language) })} ·{' '}
          {t('seen', { time: moment(machine.seenAt, now, language) })}
        </span>
        <br />
        <span className="sub mono break-all">{t('print', { print: machine.fingerprint })}</span>
      </p>
      {left === 0 ? (
        <Why label={t('unbind')} reason={<WhyNot licence={licence} />} small />
      ) : (
        <Form method="post" action={paths.licences(licence.orderId)}>
          <input type="hidden" name="licence" value={licence.licenceId} />
          <input type="hidden" name="machine" value={machine.machineId} />
          <Act
            consequence={
              left === null ? t('unbindAfterAny') : t('unbindAfter', { left, days, times: times ?? 0 })
            }
          >
            <Submit intent="unbind" kind="line" small busyText={t('unbinding')}>
              {t('unbind')}
            </Submit>
          </Act>
        </Form>
      )}
    </li>
  );
}

function WhyNot({ licence }: { licence: Licence }) {
  const t = useText(words);
  const { now, language } = useFrame();
  const { times, per_days: days, nextAt } = licence.unbind;
  if (nextAt === null) return <>{t('unbindNever')}</>;
  return <>{t('unbindNone', { days, times: times ?? 0, time: deadline(nextAt, now, language) })}</>;
}

function Activation({ licence }: { licence: Detailed }) {
  const t = useText(words);
  const { download, verification } = licence;
  return (
    <details className="key-b" open={licence.machines.length === 0}>
      <summary>{t('guide')}</summary>
      <ol className="stack list-decimal pl-6">
        {download && (
          <li>
            {t('guideDownload', { version: download.version })} <a href={download.url}>{download.url}</a>
            {download.sha256 && (
              <>
                <br />
                <span className="sub mono break-all">
                  {t('guideSha')} {download.sha256}
                </span>
              </>
            )}
          </li>
        )}
        <li>{t('guideOnline')}</li>
        {verification && (
          <li>
            {t('guideCheck')}
            <br />
            {verification}
          </li>
        )}
      </ol>
    </details>
  );
}

/** A plain form: the answer is a file, which the browser saves by itself. */
function Offline({ licence }: { licence: Licence }) {
  const t = useText(words);
  return (
    <details className="key-b">
      <summary>{t('offline')}</summary>
      <form method="post" action={paths.licenceFile()} className="stack">
        <p className="mute">{t('offlineLead', { days: licence.offline_days ?? 0 })}</p>
        <input type="hidden" name="licence" value={licence.licenceId} />
        <input type="hidden" name="order" value={licence.orderId} />
        <Input label={t('fingerprint')} name="fingerprint" required maxLength={255} autoComplete="off" />
        <Input label={t('deviceName')} name="name" maxLength={80} autoComplete="off" />
        <Button type="submit" kind="line" icon="download">
          {t('offlineGet')}
        </Button>
      </form>
    </details>
  );
}

function Log({ licence }: { licence: Detailed }) {
  const t = useText(words);
  const { now, language } = useFrame();
  return (
    <details className="key-b">
      <summary>{t('log')}</summary>
      <ul className="m-0 list-none p-0">
        {licence.log.map((entry, index) => (
          <li key={index} className="sub">
            {moment(entry.at, now, language)} · {licenceLogWords[entry.event][language]}
            {entry.device ? ` · ${entry.device}` : ''}
          </li>
        ))}
      </ul>
    </details>
  );
}
