import { use } from 'react';
import { downloads } from '../text/downloads.ts';
import { useText } from '../text/use.ts';
import { FormState, Line, Part, Prose } from './ListingParts.tsx';

const carried = ['file.from', 'file.name', 'file.size', 'file.sha256'] as const;

/** F177, F178: what a download is made for and how it is installed. The file itself is uploaded on its own page and only carried along here. */
export function FilePart() {
  const t = useText(downloads);
  const { values } = use(FormState);
  return (
    <Part title={t('part')}>
      <p className="mute">{t('partLead')}</p>
      <Line name="file.version" label={t('f_version')} max={40} />
      <Line name="file.systems" label={t('f_systems')} hint={t('h_systems')} max={60} />
      <Line name="file.requires" label={t('f_requires')} max={300} />
      <Prose name="file.install" label={t('f_install')} max={3600} />
      <Line name="file.downloads" label={t('f_downloads')} number />
      <Line name="file.days" label={t('f_days')} number />
      {carried.map((name) => (
        <input key={name} type="hidden" name={name} value={values[name] ?? ''} />
      ))}
    </Part>
  );
}
