import clsx from 'clsx';
import type { ReactNode } from 'react';
import { common } from '../text/common.ts';
import { money } from '../text/format.ts';
import { useText } from '../text/use.ts';
import { Icon } from './Icon.tsx';

export type MoneyPlace = 'you' | 'escrow' | 'shop';
type Props = {
  title: ReactNode;
  fen: bigint | string;
  /** Where the money is now: exactly one place. */
  at: MoneyPlace;
  /** Frozen by a case: the middle says 冻结. */
  frozen?: boolean;
  /** The small line under each place: when it left, who holds it, when it will come. */
  lines: Readonly<Record<MoneyPlace, ReactNode>>;
  children?: ReactNode;
};

/** 钱在哪: 你 → 托管 → 商家, with the one place where it is. */
export function MoneyPath({ title, fen, at, frozen, lines, children }: Props) {
  const t = useText(common);
  const order: readonly MoneyPlace[] = ['you', 'escrow', 'shop'];
  const here = order.indexOf(at);
  const names = {
    you: t('moneyYou'),
    escrow: t(frozen ? 'moneyFrozen' : 'moneyEscrow'),
    shop: t('moneyShop'),
  };
  return (
    <section className="card money">
      <div className="money-h">
        <h3>{title}</h3>
        <b className="amt">{money(fen)}</b>
      </div>
      <ol className="path">
        {order.map((place, index) => (
          <li
            key={place}
            className={clsx(index < here && 'done', index === here && 'here', index > here && 'wait')}
            aria-current={index === here ? 'step' : undefined}
          >
            <i>
              {index < here ? (
                <Icon name="check" size={16} />
              ) : index === here ? (
                <Icon name={place === 'escrow' ? 'lock' : 'money'} size={18} />
              ) : null}
            </i>
            <b>{names[place]}</b>
            <span>{lines[place]}</span>
          </li>
        ))}
      </ol>
      {children && <p>{children}</p>}
    </section>
  );
}
