import { useEffect, useState, type ReactNode } from 'react';
import { common } from '../text/common.ts';
import { useText } from '../text/use.ts';
import { Button } from './Button.tsx';
import { Icon } from './Icon.tsx';

/** What was just done. Rendered by the server after a form, so it is there without JavaScript; with it, it goes after 8 s or when closed. */
export function Toast({ children }: { children: ReactNode }) {
  const t = useText(common);
  const [state, setState] = useState<'plain' | 'live' | 'gone'>('plain');
  useEffect(() => {
    setState('live');
    const timer = setTimeout(() => setState('gone'), 8000);
    return () => clearTimeout(timer);
  }, [children]);
  if (state === 'gone') return null;
  return (
    <div className="toast" role="status">
      <Icon name="check" />
      <span>{children}</span>
      {state === 'live' && (
        <Button kind="line" small onClick={() => setState('gone')}>
          {t('close')}
        </Button>
      )}
    </div>
  );
}
