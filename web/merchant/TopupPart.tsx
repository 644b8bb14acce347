import {
  topupCarriers,
  topupCarrierWords,
  topupSpeeds,
  topupSpeedWords,
  topupTargets,
} from '../../src/catalog/topup.contract.ts';
import { topups } from '../text/topups.ts';
import { useLanguage, useText } from '../text/use.ts';
import { Line, Part, Pick } from './ListingParts.tsx';

/** What is put into whose account. Whoever does not sell direct top-ups leaves the first field empty. */
export function TopupPart() {
  const t = useText(topups);
  const language = useLanguage();
  return (
    <Part title={t('part')}>
      <p className="mute">{t('partLead')}</p>
      <Pick
        name="topup"
        label={t('f_target')}
        hint={t('h_target')}
        options={[
          { value: '', label: t('target_none') },
          ...topupTargets.map((one) => ({ value: one, label: t(`target_${one}`) })),
        ]}
      />
      <Line name="topup.label" label={t('f_label')} hint={t('h_label')} max={20} />
      <Pick
        name="topup.carrier"
        label={t('f_carrier')}
        options={topupCarriers.map((one) => ({ value: one, label: topupCarrierWords[one][language] }))}
      />
      <Line name="topup.region" label={t('f_region')} hint={t('h_region')} max={40} />
      <Pick
        name="topup.speed"
        label={t('f_speed')}
        hint={t('h_speed')}
        options={topupSpeeds.map((one) => ({ value: one, label: topupSpeedWords[one][language] }))}
      />
    </Part>
  );
}
