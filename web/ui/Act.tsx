import { useId, type ReactNode } from 'react';
import { buttonClass, type Look } from './Button.tsx';
import { Icon } from './Icon.tsx';

/** A button or a form with the line that says what pressing it brings. */
export function Act({ children, consequence }: { children: ReactNode; consequence: ReactNode }) {
  return (
    <div className="act">
      {children}
      <p>{consequence}</p>
    </div>
  );
}

/** A button that cannot be used now: it stays visible and focusable, and says why and when it will be. */
export function Why({ label, reason, kind = 'line', small }: { label: ReactNode; reason: ReactNode } & Look) {
  const id = useId();
  return (
    <div className="why">
      <button
        type="button"
        className={buttonClass({ kind, small: small ?? false })}
        aria-disabled="true"
        aria-describedby={id}
      >
        {label}
      </button>
      <p id={id}>
        <Icon name="lock" size={16} />
        <span>{reason}</span>
      </p>
    </div>
  );
}
