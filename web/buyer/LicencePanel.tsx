import { paths } from '../paths.ts';
import { licences as words } from '../text/licences.ts';
import { useText } from '../text/use.ts';
import { LicenceCard, type Detailed } from './LicenceCard.tsx';

/** The licences of one order on its page. */
export function LicencePanel({ licences }: { licences: readonly Detailed[] }) {
  const t = useText(words);
  return (
    <section className="card" id="licences">
      <h2 className="mb-2">{t('panel')}</h2>
      {licences.length === 0 && <p className="sub">{t('preparing')}</p>}
      {licences.map((licence, index) => (
        <LicenceCard key={licence.licenceId} licence={licence} number={index + 1} looked={undefined} />
      ))}
      <p className="mt-2">
        <a href={paths.licences()}>{t('manage')}</a>
      </p>
    </section>
  );
}
