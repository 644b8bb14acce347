import { CSPProvider } from '@base-ui/react/csp-provider';
import { Dialog as Base } from '@base-ui/react/dialog';
import { useEffect, useState, type ReactNode } from 'react';
import { common } from '../text/common.ts';
import { useText } from '../text/use.ts';
import { buttonClass, type Look } from './Button.tsx';

/**
 * A question before something that cannot be undone. With JavaScript a dialog that keeps the focus;
 * without it the same content folds out below the button, so nothing is out of reach.
 */
export function Dialog({
  label,
  title,
  children,
  ...look
}: Look & { label: ReactNode; title: ReactNode; children: ReactNode }) {
  const t = useText(common);
  const [ready, setReady] = useState(false);
  useEffect(() => setReady(true), []);
  if (!ready) {
    return (
      <details className="fold">
        <summary className={buttonClass(look)}>{label}</summary>
        <div className="stack">
          <h3>{title}</h3>
          {children}
        </div>
      </details>
    );
  }
  return (
    <CSPProvider disableStyleElements>
      <Base.Root>
        <Base.Trigger className={buttonClass(look)}>{label}</Base.Trigger>
        <Base.Portal>
          <Base.Backdrop className="veil" />
          <Base.Popup className="pop">
            <Base.Title render={<h3 />}>{title}</Base.Title>
            {children}
            <Base.Close className={buttonClass({ kind: 'line' })}>{t('close')}</Base.Close>
          </Base.Popup>
        </Base.Portal>
      </Base.Root>
    </CSPProvider>
  );
}

/** More of the same, folded: details and summary, no JavaScript. */
export const Fold = ({
  label,
  open,
  children,
}: {
  label: ReactNode;
  open?: boolean;
  children: ReactNode;
}) => (
  <details className="fold" open={open}>
    <summary>{label}</summary>
    {children}
  </details>
);
