import clsx from 'clsx';
import { useEffect, useState, type ReactNode } from 'react';
import { common } from '../text/common.ts';
import { deadline, left, msOf, type At } from '../text/format.ts';
import { useFrame, useText } from '../text/use.ts';
import { Bar } from './Bar.tsx';
import { Icon } from './Icon.tsx';

/**
 * The business time of the page in milliseconds. The server's time decides: the browser only adds what has passed
 * since the page was made, and never asks its own clock. Without JavaScript it stays at the moment of the page.
 */
export function useNow(every_ms = 1000): number {
  const { now } = useFrame();
  const [passed, setPassed] = useState(0);
  useEffect(() => {
    const start = performance.now();
    setPassed(0);
    const timer = setInterval(() => setPassed(performance.now() - start), every_ms);
    return () => clearInterval(timer);
  }, [now, every_ms]);
  return now + passed;
}

/** '17 时 21 分' with small units, counting down when hydrated. */
export function Left({ to }: { to: At }) {
  const { language } = useFrame();
  const now = useNow();
  return left(msOf(to) - now, language).map((piece) => (
    <span key={piece.unit}>
      {piece.value}
      <small>{piece.unit}</small>
    </span>
  ));
}

type ClockProps = {
  /** Whose turn it is, or what the time is for. */
  who: ReactNode;
  due: At;
  /** When the period began, for the bar. */
  since?: At | undefined;
  /** calm = your optional window, late = overdue; amber runs by itself. */
  tone?: 'calm' | 'late' | undefined;
  paused?: string | undefined;
  provisional?: boolean;
  /** Replaces the line “最迟 …”. */
  by?: ReactNode;
  /** What happens if not. */
  children?: ReactNode;
  label?: string;
};

/** 时限: who → what is left → by when → otherwise. No live announcements: a timer that speaks every second is no help. */
export function Clock({ who, due, since, tone, paused, provisional, by, children, label }: ClockProps) {
  const t = useText(common);
  const { language, now: made } = useFrame();
  const now = useNow();
  const over = msOf(due) <= now;
  const share = since === undefined ? undefined : (msOf(due) - now) / Math.max(1, msOf(due) - msOf(since));
  return (
    <section className={clsx('clock', tone, paused !== undefined && 'paused')} aria-label={label}>
      <p className="clock-who">
        <Icon name="clock" size={18} />
        <span>{who}</span>
      </p>
      <p className="clock-left" role="timer">
        {over ? t('clockOver') : <Left to={due} />}
      </p>
      <p className="clock-abs">
        {by ?? t('clockBy', { time: deadline(due, made, language) })}
        {provisional && <> {t('clockProvisional')}</>}
      </p>
      {paused !== undefined && <p className="clock-abs">{t('clockPaused', { reason: paused })}</p>}
      {share !== undefined && <Bar share={share} />}
      {children && <p className="clock-else">{children}</p>}
    </section>
  );
}
