import type { ReactNode } from 'react';
import { common } from '../text/common.ts';
import { useText } from '../text/use.ts';

/** An empty list: what will appear here, and one next step. */
export const Empty = ({
  title,
  children,
  next,
}: {
  title: ReactNode;
  children?: ReactNode;
  next?: ReactNode;
}) => (
  <div className="blank">
    <h3>{title}</h3>
    {children && <p>{children}</p>}
    {next}
  </div>
);

/** Keeps the layout while something is fetched; the text comes after one second. */
export function Loading({ lines = 3 }: { lines?: number }) {
  const t = useText(common);
  return (
    <div className="skeleton" role="status">
      {Array.from({ length: lines }, (_, index) => (
        <i key={index} />
      ))}
      <p>{t('loading')}</p>
    </div>
  );
}

/** An error for people: what happened, is the money safe, what to do, and the number to tell us. */
export function ErrorPanel({
  title,
  what,
  safe,
  todo,
  number,
  next,
}: {
  title: ReactNode;
  what: ReactNode;
  safe: ReactNode;
  todo: ReactNode;
  number?: string | undefined;
  next?: ReactNode;
}) {
  const t = useText(common);
  return (
    <section className="fail">
      <h1>{title}</h1>
      <dl>
        <div>
          <dt>{t('errorWhat')}</dt>
          <dd>{what}</dd>
        </div>
        <div>
          <dt>{t('errorMoney')}</dt>
          <dd>{safe}</dd>
        </div>
        <div>
          <dt>{t('errorDo')}</dt>
          <dd>{todo}</dd>
        </div>
        {number && (
          <div>
            <dt>{t('errorNumber')}</dt>
            <dd className="mono">{number}</dd>
          </div>
        )}
      </dl>
      <p className="row">{next}</p>
    </section>
  );
}

/** A refusal or a notice above a form or a page. role=alert only when it answers what somebody just did. */
export const Note = ({
  tone,
  answer,
  children,
}: {
  tone?: 'hold' | 'bad';
  answer?: boolean;
  children: ReactNode;
}) => (
  <div
    className={tone ? `note ${tone}` : 'note'}
    role={answer ? (tone === 'bad' ? 'alert' : 'status') : undefined}
  >
    {children}
  </div>
);
