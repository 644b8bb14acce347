import { common } from '../text/common.ts';
import { useText } from '../text/use.ts';
import { Tag } from './Tag.tsx';

export type Seal = {
  readonly state: 'on' | 'off' | 'bad';
  /** Time or version when on, the reason when bad. */ readonly text?: string | undefined;
};
export type Seals = {
  readonly trade: Seal;
  readonly listing: Seal;
  readonly talk: Seal;
  readonly delivery: Seal;
};
const kinds = ['trade', 'listing', 'talk', 'delivery'] as const;
const words = {
  trade: ['fixTradeSeal', 'fixTrade'],
  listing: ['fixListingSeal', 'fixListing'],
  talk: ['fixTalkSeal', 'fixTalk'],
  delivery: ['fixDeliverySeal', 'fixDelivery'],
} as const;

/** 四固定: four seals; only all four together are whole. */
export function Fix4({ seals }: { seals: Seals }) {
  const t = useText(common);
  return (
    <ul className="fix4" aria-label={t('fix4')}>
      {kinds.map((kind) => (
        <li key={kind} className={seals[kind].state}>
          <i aria-hidden="true">{t(words[kind][0])}</i>
          <span>
            <b>{t(words[kind][1])}</b>
            <small>{seals[kind].text ?? (seals[kind].state === 'off' ? t('fixWaiting') : '')}</small>
          </span>
        </li>
      ))}
    </ul>
  );
}

/** The count, also written: 4 / 4. */
export function Fix4Count({ seals }: { seals: Seals }) {
  const on = kinds.filter((kind) => seals[kind].state === 'on').length;
  return <Tag tone={on === 4 ? 'ok' : undefined}>{on} / 4</Tag>;
}
