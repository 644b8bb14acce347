import { parcels } from '../text/parcels.ts';
import { useText } from '../text/use.ts';
import { Part, Prose } from './ListingParts.tsx';

/** F025: what lies in the box, so that what is missing has its price before anybody quarrels. */
export function ParcelPart() {
  const t = useText(parcels);
  return (
    <Part title={t('part')}>
      <p className="mute">{t('partLead')}</p>
      <Prose name="parcel.parts" label={t('partParts')} max={1200} />
    </Part>
  );
}
