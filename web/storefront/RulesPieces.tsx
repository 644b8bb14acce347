import { Form } from 'react-router';
import type { Answers } from '../api.ts';
import { paths } from '../paths.ts';
import { fullDay } from '../text/format.ts';
import { rulesText } from '../text/rules.ts';
import { useFrame, useLanguage, useText } from '../text/use.ts';
import { Act } from '../ui/Act.tsx';
import { ButtonLink, Submit } from '../ui/Button.tsx';
import { Tag } from '../ui/Tag.tsx';

type Head = Answers['rules']['list']['books'][number];
export type Change = Answers['rules']['diff']['articles'][number];

/** Where a version stands, in words. */
export function VersionTag({ book }: { book: Pick<Head, 'state' | 'version'> }) {
  const t = useText(rulesText);
  return (
    <Tag tone={book.state === 'in_force' ? 'ok' : book.state === 'superseded' ? undefined : 'hold'}>
      {book.version} {t(`state_${book.state}`)}
    </Tag>
  );
}

/** Full text as files and on paper, with the fingerprint that anybody can compute. */
export function Downloads({ book }: { book: Pick<Head, 'version' | 'sha256'> }) {
  const t = useText(rulesText);
  return (
    <section className="card">
      <h3>{t('downloads')}</h3>
      <p className="row">
        <ButtonLink kind="line" small href={paths.rulesFile(book.version, 'md')}>
          {t('downloadMd')}
        </ButtonLink>
        <ButtonLink kind="line" small href={paths.rulesFile(book.version, 'json')}>
          {t('downloadJson')}
        </ButtonLink>
        <ButtonLink kind="line" small href={paths.rulesPrint(book.version)}>
          {t('print')}
        </ButtonLink>
      </p>
      <p className="mute mt-3">{t('downloadsText')}</p>
      <p className="mute mono mt-3 wrap-anywhere">{book.sha256}</p>
    </section>
  );
}

type Subscription = Answers['rules']['subscription'] | null;

/** To be told when rules change, or not any more. A form: it works without a script. */
export function Subscribe({ subscription }: { subscription: Subscription }) {
  const t = useText(rulesText);
  const { path } = useFrame();
  return (
    <section className="card" id="subscribe">
      <h3>{t('subscribeTitle')}</h3>
      {subscription === null ? (
        <ButtonLink kind="line" href={paths.login(path)}>
          {t('subscribeLogin')}
        </ButtonLink>
      ) : (
        <>
          <p className="mute">
            {t(subscription.duty ? 'subscribeDuty' : subscription.on ? 'subscribeOn' : 'subscribeOff')}
          </p>
          {!subscription.duty && (
            <Form method="post" action={paths.rulesVersions()} className="mt-3">
              <Act consequence={t('subscribeAfter')}>
                <Submit kind="line" intent={subscription.on ? 'off' : 'on'}>
                  {t(subscription.on ? 'unsubscribe' : 'subscribe')}
                </Submit>
              </Act>
            </Form>
          )}
        </>
      )}
    </section>
  );
}

/** One changed article: its words, its plain sentence and its numbers, marked by signs as well as by colour. */
export function ChangeCard({ change, version }: { change: Change; version: string }) {
  const t = useText(rulesText);
  const language = useLanguage();
  return (
    <section className="card stack" id={`a${change.no}`}>
      <div className="between">
        <h2>
          <a href={paths.article(change.no, version)}>{t('articleNo', { no: change.no })}</a>{' '}
          {change.title[language]}
        </h2>
        <span className="row">
          <Tag>{t(change.kind === 'added' ? 'added' : 'changed')}</Tag>
          {change.bold && <Tag tone="hold">{t('bold')}</Tag>}
        </span>
      </div>
      <p className="lawtext" lang="zh-CN">
        <Pieces pieces={change.pieces} />
      </p>
      <div className="plain">
        <b>{t('plain')}</b>
        <Pieces pieces={change.plain[language]} />
      </div>
      <ParamChanges change={change} />
    </section>
  );
}

export const Pieces = ({ pieces }: { pieces: Change['pieces'] }) =>
  pieces.map((piece, index) =>
    piece.kind === 'added' ? (
      <ins key={index}>{piece.text}</ins>
    ) : piece.kind === 'removed' ? (
      <del key={index}>{piece.text}</del>
    ) : (
      piece.text
    ),
  );

/** What a change of a number means, for whom. */
export function ParamChanges({ change }: { change: Change }) {
  const t = useText(rulesText);
  const language = useLanguage();
  if (change.params.length === 0) return null;
  return (
    <ul className="chg">
      {change.params.map((one) => (
        <li key={one.name}>
          <b>
            {one.from && one.to
              ? t('paramBecomes', { from: one.from[language], to: one.to[language] })
              : one.to
                ? t('paramNew', { to: one.to[language] })
                : t('paramGone', { from: one.from?.[language] ?? '' })}
          </b>
          <span className="sub">{t(`forBuyer_${one.forBuyer}`)}</span>
        </li>
      ))}
    </ul>
  );
}

/** When a version was or will be what: consultation, announcement, effect. */
export function Schedule({ book }: { book: Head }) {
  const t = useText(rulesText);
  const language = useLanguage();
  const rows = [
    { at: book.consultFrom, text: t('consultBegins') },
    { at: book.consultUntil, text: t('consultEnds'), end: true },
    { at: book.announcedAt, text: t('announcedOn') },
    { at: book.effectiveAt, text: t('takesEffect') },
  ].filter((row) => row.at !== null);
  if (rows.length === 0) return null;
  return (
    <ol className="tlh">
      {rows.map((row) => (
        <li key={row.text}>
          <b>{fullDay(row.end ? Date.parse(row.at ?? '') - 1 : (row.at ?? ''), language)}</b>
          <span>{row.text}</span>
        </li>
      ))}
    </ol>
  );
}
