import clsx from 'clsx';
import type { ButtonHTMLAttributes, ReactNode } from 'react';
import { useNavigation } from 'react-router';
import { common } from '../text/common.ts';
import { useText } from '../text/use.ts';
import { Icon, type IconName } from './Icon.tsx';

export type Look = { kind?: 'filled' | 'line' | 'risk'; small?: boolean; wide?: boolean; icon?: IconName };
export const buttonClass = ({ kind = 'filled', small, wide }: Look): string =>
  clsx('btn', kind !== 'filled' && kind, small && 's', wide && 'w');

type ButtonProps = Look &
  Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className'> & { children: ReactNode };

/** One filled button per decision; the others are `line`, what cannot be undone is `risk`. */
export function Button({ kind, small, wide, icon, children, type = 'button', ...rest }: ButtonProps) {
  return (
    <button
      type={type}
      className={buttonClass({ ...(kind && { kind }), small: small ?? false, wide: wide ?? false })}
      {...rest}
    >
      {icon && <Icon name={icon} size={small ? 18 : 20} />}
      {children}
    </button>
  );
}

/** A link that looks like a button. */
export function ButtonLink({
  href,
  kind,
  small,
  wide,
  icon,
  children,
}: Look & { href: string; children: ReactNode }) {
  return (
    <a
      href={href}
      className={buttonClass({ ...(kind && { kind }), small: small ?? false, wide: wide ?? false })}
    >
      {icon && <Icon name={icon} size={small ? 18 : 20} />}
      {children}
    </a>
  );
}

/**
 * The button that sends its form. While the form is under way its label becomes 正在… with the width kept,
 * and a second press does nothing. `intent` is sent as the field `intent`, for actions with several buttons.
 */
export function Submit({
  intent,
  busyText,
  children,
  ...look
}: Omit<ButtonProps, 'type' | 'name' | 'value'> & { intent?: string; busyText?: string }) {
  const t = useText(common);
  const navigation = useNavigation();
  const busy =
    navigation.state === 'submitting' &&
    (intent === undefined || navigation.formData?.get('intent') === intent);
  return (
    <Button
      type="submit"
      {...look}
      {...(intent === undefined ? {} : { name: 'intent', value: intent })}
      aria-busy={busy}
      onClick={(event) => {
        if (busy) event.preventDefault();
        else look.onClick?.(event);
      }}
    >
      <span className="say">
        <span className="idle">{children}</span>
        <span className="busy" aria-hidden={!busy}>
          {busyText ?? t('busy')}
        </span>
      </span>
    </Button>
  );
}
