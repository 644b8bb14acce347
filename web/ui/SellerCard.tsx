import type { Answers } from '../api.ts';
import { paths } from '../paths.ts';
import { community } from '../text/community.ts';
import { useText } from '../text/use.ts';
import { Rich } from './Rich.tsx';
import { Tag } from './Tag.tsx';

type Card = Answers['community']['orderGuide']['card'];

/** Who answers to the buyer (F061): the seller of the contract, the part of the platform, who pays first, and the articles. */
export function SellerCard({ card, version }: { card: Pick<Card, 'seller' | 'selfRun'>; version: string }) {
  const t = useText(community);
  const { seller } = card;
  return (
    <section className="card stack" id="liability">
      <h3>{t('cardTitle')}</h3>
      <div>
        <p className="mute">{t('cardSeller')}</p>
        <p className="row">
          <a href={paths.shop(seller.shopId)}>
            {seller.legal ? t('cardSellerName', { name: seller.name, legal: seller.legal }) : seller.name}
          </a>
          {card.selfRun && <Tag tone="hold">{t('selfRun')}</Tag>}
          <Tag tone={seller.verifiedAt ? 'ok' : undefined}>
            {t(seller.verifiedAt ? 'cardVerified' : 'cardUnverified')}
          </Tag>
        </p>
      </div>
      <div>
        <p className="mute">{t('cardPlatform')}</p>
        <p>
          <Rich text={t(card.selfRun ? 'cardPlatformSelf' : 'cardPlatformShop')} version={version} />
        </p>
      </div>
      <div>
        <p className="mute">{t('cardFirst')}</p>
        <p>
          <Rich text={t('cardFirstText')} version={version} />
        </p>
      </div>
      <p className="mute">
        <Rich text={t('cardLaw')} version={version} />
      </p>
    </section>
  );
}
