import { paths } from '../paths.ts';
import { risk as words } from '../text/risk.ts';
import { useText } from '../text/use.ts';
import { ButtonLink } from '../ui/Button.tsx';
import { Rich } from '../ui/Rich.tsx';

/** What no measure takes away: filing a case, 12315, the courts (article 38). */
export function OpenWays({ version }: { version?: string | undefined }) {
  const t = useText(words);
  return (
    <section className="card stack">
      <h2>{t('open')}</h2>
      <p>{t('openFile')}</p>
      <p>
        <a href="https://www.12315.cn" rel="noreferrer">
          {t('open12315')}
        </a>
      </p>
      <p>
        <Rich text={t('openCourt')} version={version} />
      </p>
      <ButtonLink href={paths.orders()} kind="line" icon="order">
        {t('openFileGo')}
      </ButtonLink>
    </section>
  );
}
