import { common } from '../text/common.ts';
import { clock, endOfDay, moment, span as spanText, type At } from '../text/format.ts';
import { rights } from '../text/rights.ts';
import { storefront } from '../text/storefront.ts';
import { useFrame, useText } from '../text/use.ts';
import { Coverage, type CoverageRow } from './Coverage.tsx';
import { Rich } from './Rich.tsx';

/** The rights of a line of card keys as the server computed them from the rulebook and the listing version. */
export type CardRightsOf = {
  readonly quantity: number;
  readonly deliverBy: At;
  readonly refundBy: At;
  readonly verify_hours: number;
  readonly dispute_days: number;
  readonly remedy_hours: number;
  /** The end of the day until which unseen keys can be cancelled. */
  readonly cancelUntil: At;
  readonly useWithin_hours: number | null;
  readonly settle_days: number;
  readonly autoConfirm_hours: number;
  readonly noReason_days: number;
  /** A key from a pool, sealed until it is revealed; other goods have no verification and no sealed cancellation. */
  readonly sealed: boolean;
  /** The version of the rulebook that the order pinned; without one, the version in force. */
  readonly rules?: string | undefined;
};

/** 权益卡 of card keys. `lead` replaces the line that says that the times are computed for a payment now. */
export function CardRights({ of, lead }: { of: CardRightsOf; lead?: string }) {
  const t = useText(rights);
  const c = useText(common);
  const s = useText(storefront);
  const { now, language } = useFrame();
  const at = (time: At): string => moment(time, now, language);
  /** The row has said the day already when it is today. */
  const brief = (time: At): string => at(time).replace(/^(今天|today) /, '');
  const span = (hours: number): string => spanText(hours, language);
  const row = (what: string, when: string, otherwise: string): CoverageRow => ({
    what,
    when,
    otherwise: <Rich text={otherwise} version={of.rules} />,
  });
  const keys = of.quantity === 1 ? t('keysOne') : t('keys', { count: of.quantity });
  const late = t('keysElse', { late: brief(of.deliverBy), refund: brief(of.refundBy) });
  const verify = { span: span(of.verify_hours), days: of.dispute_days };
  const rows = [
    row(of.sealed ? keys : t('goods'), t('keysWhen', { time: at(of.deliverBy) }), late),
    of.sealed && row(t('verify'), t('verifyWhen', verify), t('verifyElse', verify)),
    row(
      t(of.sealed ? 'remedy' : 'fault'),
      t('remedyWhen', { span: span(of.remedy_hours) }),
      t(of.sealed ? 'remedyElse' : 'faultElse'),
    ),
    of.sealed &&
      row(t('cancel'), t('cancelWhen', { time: endOfDay(of.cancelUntil, language) }), t('cancelElse')),
    !of.sealed &&
      of.noReason_days > 0 &&
      row(
        t('noReason', { days: of.noReason_days }),
        t('noReasonWhen', { days: of.noReason_days }),
        t('noReasonElse'),
      ),
    of.useWithin_hours !== null &&
      row(
        t('use'),
        t('useWhen', { span: span(of.useWithin_hours) }),
        t('useElse', { span: span(of.useWithin_hours) }),
      ),
    row(
      t('paid'),
      t('paidWhen', { days: of.settle_days }),
      t(of.sealed ? 'paidElse' : 'paidElseGoods', { span: span(of.autoConfirm_hours) }),
    ),
  ].filter((one) => one !== false);
  return <Coverage title={c('coverage')} lead={lead ?? s('coverageLead', { now: clock(now) })} rows={rows} />;
}
