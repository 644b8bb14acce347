import { paths } from '../paths.ts';
import { common } from '../text/common.ts';
import { clock, fullDay } from '../text/format.ts';
import { useFrame, useText } from '../text/use.ts';

/** On every page of a demo: that it is one, what time it is there, and the way to move the clock. */
export function DemoBanner() {
  const t = useText(common);
  const { demo, now, language, viewer, path } = useFrame();
  if (!demo) return null;
  return (
    <div className="demo" role="note">
      <div className="wrap">
        <span>
          <b>{t('demoTitle')}</b>
          <span className="more"> · {t('demoText')}</span> ·{' '}
          {t('demoNow', { now: `${fullDay(now, language)} ${clock(now)}` })}
        </span>
        <a href={paths.operatorTime()}>{t('demoMove')}</a>
        {viewer.operator && (
          <form method="post" action={paths.operatorTime()}>
            <input type="hidden" name="next" value={path} />
            <button className="btn line s" type="submit" name="intent" value="1440">
              {t('demoForward')}
            </button>
          </form>
        )}
      </div>
    </div>
  );
}
