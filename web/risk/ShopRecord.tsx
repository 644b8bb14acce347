import type { Answers } from '../api.ts';
import { percent, took } from '../text/format.ts';
import { risk as words } from '../text/risk.ts';
import { useLanguage, useText } from '../text/use.ts';
import { Rich } from '../ui/Rich.tsx';
import { Tag } from '../ui/Tag.tsx';

export type ShopRecordAnswer = Answers['risk']['record'];

/** What is measured of how a shop treats complaints: its dispute rate with the formula, and how soon it first answers. */
export function ShopRecord({ record }: { record: ShopRecordAnswer }) {
  const t = useText(words);
  const language = useLanguage();
  return (
    <div className="stack">
      <p className="row">
        <Tag tone={record.level === 'badge' ? 'ok' : record.level === null ? undefined : 'bad'}>
          {record.rate_bps === null
            ? t('rateNone')
            : t('rate', { rate: percent(record.rate_bps / 10_000, language) })}
        </Tag>
        {record.level === 'badge' && <Tag tone="ok">{t('badge')}</Tag>}
        <Tag>
          {record.first_seconds === null
            ? t('firstNone')
            : t('first', { time: took(record.first_seconds * 1000, language) })}
        </Tag>
      </p>
      <p className="mute">
        <Rich text={t('rateFormula', { orders: record.orders, disputed: record.disputed })} />
      </p>
    </div>
  );
}
