import { paths } from '../paths.ts';
import { common } from '../text/common.ts';
import { exact } from '../text/format.ts';
import { useFrame, useText } from '../text/use.ts';

/** On every page of a demo: that it is one, what time it is there, and the way to move the clock. */
export function DemoBanner() {
  const t = useText(common);
  const { demo, now, language } = useFrame();
  if (!demo) return null;
  return (
    <div className="demo" role="note">
      <div className="wrap">
        <span>
          <b>{t('demoTitle')}</b> · {t('demoText', { now: exact(now, language) })}
        </span>
        <a href={paths.operatorTime()}>{t('demoMove')}</a>
      </div>
    </div>
  );
}
