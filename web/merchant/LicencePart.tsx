import {
  licenceBeginnings,
  licenceExpirations,
  licenceKeyForms,
  licenceMatching,
  licenceUniqueness,
} from '../../src/catalog/licence.contract.ts';
import { licences } from '../text/licences.ts';
import { useText } from '../text/use.ts';
import { Line, Part, Pick } from './ListingParts.tsx';

/** The terms of licences that the platform issues and checks. Whoever sells keys from stock leaves the first field empty. */
export function LicencePart() {
  const t = useText(licences);
  return (
    <Part title={t('partLicence')}>
      <p className="mute">{t('licenceLead')}</p>
      <Pick
        name="licence"
        label={t('f_licence')}
        hint={t('h_licence')}
        options={[
          { value: '', label: t('licence_none') },
          ...licenceKeyForms.map((one) => ({ value: one, label: t(`licence_${one}`) })),
        ]}
      />
      <Line name="licence.key.prefix" label={t('f_prefix')} hint={t('h_prefix')} max={12} />
      <Line name="licence.duration_days" label={t('f_duration')} hint={t('h_duration')} number />
      <Pick
        name="licence.basis"
        label={t('f_basis')}
        options={licenceBeginnings.map((one) => ({ value: one, label: t(`basis_${one}`) }))}
      />
      <Pick
        name="licence.expiration"
        label={t('f_expiration')}
        options={licenceExpirations.map((one) => ({ value: one, label: t(`expiration_${one}`) }))}
      />
      <Line name="licence.unbind.times" label={t('f_unbindTimes')} hint={t('h_unbindTimes')} number />
      <Line name="licence.unbind.per_days" label={t('f_unbindDays')} number />
      <Line name="licence.offline_days" label={t('f_offline')} hint={t('h_offline')} number />
      <Line name="licence.uses" label={t('f_uses')} hint={t('h_uses')} number />
      <Pick
        name="licence.uniqueness"
        label={t('f_uniqueness')}
        options={licenceUniqueness.map((one) => ({ value: one, label: t(`uniqueness_${one}`) }))}
      />
      <Pick
        name="licence.matching"
        label={t('f_matching')}
        hint={t('h_matching')}
        options={licenceMatching.map((one) => ({ value: one, label: t(`matching_${one}`) }))}
      />
    </Part>
  );
}
