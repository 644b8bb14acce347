import { useEffect, useState, type ReactNode } from 'react';
import { common } from '../text/common.ts';
import { useText } from '../text/use.ts';
import { Bar } from './Bar.tsx';
import { Left, useNow } from './Clock.tsx';
import { msOf, type At } from '../text/format.ts';
import { Icon } from './Icon.tsx';
import { Mark } from './Mark.tsx';
import { Seam } from './Seam.tsx';
import { Submit, Button } from './Button.tsx';
import { Tag } from './Tag.tsx';

/** The frame of one key: its number, and beside it what can be said without opening it. */
export function KeyCard({
  number,
  note,
  children,
}: {
  number: number;
  note: ReactNode;
  children: ReactNode;
}) {
  const t = useText(common);
  return (
    <div className="key" id={`key-${number}`}>
      <div className="key-h">
        <b>{t('keyNumber', { number })}</b>
        <span className="mute">{note}</span>
      </div>
      {children}
    </div>
  );
}

/** Sealed: toothed edges, one button, its consequences. Stands inside a POST form of the page, with its idempotency key. */
export function SealedKey({
  children,
  action,
  intent = 'reveal',
  again,
}: {
  children: ReactNode;
  action?: ReactNode;
  intent?: string;
  again?: boolean;
}) {
  const t = useText(common);
  return (
    <div className="sealed">
      <Seam />
      <Mark size={44} />
      {action ?? (
        <Submit intent={intent} icon="key" busyText={t('keyRevealing')}>
          {t(again ? 'keyAgain' : 'keyReveal')}
        </Submit>
      )}
      <p>{children}</p>
      <Seam bottom />
    </div>
  );
}

export type KeyPart = { readonly label: string; readonly value: string };

/** Four by four for the eye; copying strips the spaces. */
export const spaced = (value: string): string =>
  /^[0-9A-Za-z]{8,}$/.test(value) ? value.replace(/(.{4})(?=.)/g, '$1 ') : value;

/** Revealed: the parts with their copy buttons. Hidden again after `hideAfter_ms` and on leaving the page. */
export function RevealedKey({
  parts,
  hideAfter_ms = 60_000,
  children,
}: {
  parts: readonly KeyPart[];
  hideAfter_ms?: number;
  children?: ReactNode;
}) {
  const t = useText(common);
  const [hidden, setHidden] = useState(false);
  useEffect(() => {
    const hide = (): void => setHidden(true);
    const timer = setTimeout(hide, hideAfter_ms);
    addEventListener('pagehide', hide);
    return () => {
      clearTimeout(timer);
      removeEventListener('pagehide', hide);
    };
  }, [hideAfter_ms]);
  return (
    <div className="key-b">
      {hidden ? (
        <p className="mute" role="status">
          {t('keyHidden')}
        </p>
      ) : (
        <div className="code">
          {parts.map((part) => (
            <div key={part.label}>
              <span>{part.label}</span>
              <b>{spaced(part.value)}</b>
              <Copy what={part.label} text={part.value} />
            </div>
          ))}
        </div>
      )}
      {children}
    </div>
  );
}

/** Copies a text. Without JavaScript it is not there: the text can be selected. */
export function Copy({ what, text }: { what: string; text: string }) {
  const t = useText(common);
  const [state, setState] = useState<'unready' | 'ready' | 'copied'>('unready');
  useEffect(() => setState('ready'), []);
  if (state === 'unready') return null;
  return (
    <Button
      kind="line"
      small
      aria-label={t('copyOf', { what })}
      onClick={() => {
        void navigator.clipboard.writeText(text).then(() => setState('copied'));
      }}
    >
      {t(state === 'copied' ? 'copied' : 'copy')}
    </Button>
  );
}

/** The 2 h clock inside a revealed key, with its two answers (`works`, `fails`) as buttons of the form around it. */
export function VerifyClock({
  due,
  since,
  by,
  otherwise,
  children,
}: {
  due: At;
  since: At;
  by: ReactNode;
  otherwise: ReactNode;
  children?: ReactNode;
}) {
  const t = useText(common);
  const now = useNow();
  const over = msOf(due) <= now;
  return (
    <div className="vf">
      <p className="clock-who">
        <Icon name="clock" size={18} />
        {t('keyVerifyLeft')}
      </p>
      <p className="clock-left" role="timer">
        {over ? t('clockOver') : <Left to={due} />}
      </p>
      <p className="clock-abs">{by}</p>
      <Bar share={(msOf(due) - now) / Math.max(1, msOf(due) - msOf(since))} />
      {children ?? (
        <div className="pair">
          <Submit intent="works" small>
            {t('keyWorks')}
          </Submit>
          <Submit intent="fails" kind="line" small>
            {t('keyFails')}
          </Submit>
        </div>
      )}
      <p className="clock-else">{otherwise}</p>
    </div>
  );
}

const ends = {
  verified: ['ok', 'keyVerified'],
  disputed: ['hold', 'keyDisputed'],
  reissued: ['hold', 'keyReissued'],
  expired: ['bad', 'keyExpired'],
  returned: [undefined, 'keyReturned'],
} as const;
export type KeyEnd = keyof typeof ends;

/** What became of a key that is no longer in question. */
export function KeyEndTag({ end }: { end: KeyEnd }) {
  const t = useText(common);
  return (
    <Tag tone={ends[end][0]} {...(end === 'verified' ? { icon: 'check' as const } : {})}>
      {t(ends[end][1])}
    </Tag>
  );
}
