import type { GoodsKind } from '../../catalog/content.contract.ts';
import { card, licence } from './keys.seed.data.ts';
import { game, membership, topup } from './later.seed.data.ts';
import { account, download, physical, service } from './other.seed.data.ts';
import type { Tree } from './tree.contract.ts';

/** Version 1 of each tree. Later versions are rows that operators write; a walk and a case name the version that they went by. */
export const seeded: Readonly<Record<GoodsKind, Tree>> = {
  card,
  licence,
  topup,
  membership,
  game,
  account,
  download,
  service,
  physical,
};
