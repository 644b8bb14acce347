import { paths } from '../paths.ts';
import { community } from '../text/community.ts';
import { useText } from '../text/use.ts';
import { Rich } from './Rich.tsx';
import { Tag } from './Tag.tsx';

export type Seller = {
  readonly shopId: string;
  readonly name: string;
  readonly legal: string | null;
  readonly verified: boolean;
  readonly selfRun: boolean;
};

/** Who answers to the buyer (F061): the seller of the contract, the part of the platform, who pays first, and the articles. */
export function SellerCard({ seller, version }: { seller: Seller; version?: string | undefined }) {
  const t = useText(community);
  return (
    <section className="card stack" id="liability">
      <h3>{t('cardTitle')}</h3>
      <div>
        <p className="mute">{t('cardSeller')}</p>
        <p className="row">
          <a href={paths.shop(seller.shopId)}>
            {seller.legal ? t('cardSellerName', { name: seller.name, legal: seller.legal }) : seller.name}
          </a>
          {seller.selfRun && <Tag tone="hold">{t('selfRun')}</Tag>}
          <Tag tone={seller.verified ? 'ok' : undefined}>
            {t(seller.verified ? 'cardVerified' : 'cardUnverified')}
          </Tag>
        </p>
      </div>
      <div>
        <p className="mute">{t('cardPlatform')}</p>
        <p>
          <Rich text={t(seller.selfRun ? 'cardPlatformSelf' : 'cardPlatformShop')} version={version} />
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
